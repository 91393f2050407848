package io.hone.onnx.training;

/** What a weight is to the operators that read it. */
public enum WeightKind {
  /** The kernel of a convolution, or a factor of a matrix product: what weight decay is for. */
  KERNEL,
  /** What is added to the result of a convolution or a matrix product. */
  BIAS,
  /** What a normalisation multiplies by. */
  SCALE,
  /** What a normalisation adds. */
  SHIFT,
  /** The slope of a PRelu below 0. */
  SLOPE,
  /** Rows that are looked up by number. */
  EMBEDDING,
  /** Any other tensor of several numbers, such as a bias of positions or a class token. */
  OTHER,
  /** A single number in a formula, such as the factor of a GELU, which is seldom meant to train. */
  NUMBER
}
