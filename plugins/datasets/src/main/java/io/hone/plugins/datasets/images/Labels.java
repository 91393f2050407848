package io.hone.plugins.datasets.images;

/** Where the labels of image files come from. */
public enum Labels {
  /** The name of the folder, below the one named, that an image is in. */
  FOLDERS,
  /** What the model predicts. */
  PREDICTED
}
