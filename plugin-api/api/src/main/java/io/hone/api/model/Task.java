package io.hone.api.model;

import io.hone.api.stability.Stability;

/** What a model does. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public enum Task {
  /** Images in, one score per class out. */
  CLASSIFIER,
  /** Images in, images of the same shape out: autoencoders, denoisers, redundancy recognisers. */
  IMAGE_TO_IMAGE
}
