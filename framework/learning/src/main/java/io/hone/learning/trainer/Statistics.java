package io.hone.learning.trainer;

/** What the batch normalisations of a model do while it is trained further. */
public enum Statistics {
  /** They use the mean and variance of each batch, and measure running ones for inference. */
  BATCH,
  /** They keep the means and variances of the file; scales and shifts are trained. */
  FROZEN
}
