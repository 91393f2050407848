package io.hone.api.defense;

import io.hone.api.data.ImageBatch;
import io.hone.api.model.Classifier;

/** A protected classifier that also hands out the images it recovers. */
public interface RecoveringClassifier extends Classifier {
  /** Returns the recovered images in [0, 1], with the shape of the given ones. */
  ImageBatch recover(ImageBatch images);
}
