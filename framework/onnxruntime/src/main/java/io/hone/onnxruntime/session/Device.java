package io.hone.onnxruntime.session;

/** Where a scenario wants a model to run. */
public enum Device {
  /** On the processor; results are the same bit for bit on every run. */
  CPU,
  /** On an NVIDIA GPU, or not at all. */
  CUDA,
  /** On an NVIDIA GPU where there is one, else on the processor. */
  AUTO
}
