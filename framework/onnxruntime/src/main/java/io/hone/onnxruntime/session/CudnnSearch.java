package io.hone.onnxruntime.session;

/** How cuDNN chooses the algorithm of a convolution. */
public enum CudnnSearch {
  /** Tries them all and keeps the fastest: slow to start, fast to run. */
  EXHAUSTIVE,
  /** Asks cuDNN's own estimate. */
  HEURISTIC,
  /** Takes the algorithm that always works. */
  DEFAULT
}
