package io.hone.api.model;

/** What a model does. */
public enum Task {
  /** Images in, one score per class out. */
  CLASSIFIER,
  /** Images in, images of the same shape out: autoencoders, denoisers, redundancy recognisers. */
  IMAGE_TO_IMAGE
}
