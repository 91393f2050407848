package io.hone.plugins.datasets.numpy;

/** The order of the axes of one image. */
public enum Layout {
  /** Channel, row, column. */
  NCHW,
  /** Row, column, channel. */
  NHWC
}
