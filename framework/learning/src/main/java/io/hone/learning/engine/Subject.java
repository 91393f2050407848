package io.hone.learning.engine;

import io.hone.api.data.ImageShape;
import io.hone.api.train.StartingModel;
import io.hone.learning.network.Weights;
import io.hone.network.Network;

/** What learns. */
public sealed interface Subject {
  /** Returns the shape of an image. */
  ImageShape input();

  /** Returns a text that tells this subject from others. */
  String identity();

  /**
   * A new network.
   *
   * @param network its layers
   * @param start its first weights
   */
  record Layers(Network network, Weights start) implements Subject {
    @Override
    public ImageShape input() {
      return network.input();
    }

    @Override
    public String identity() {
      return network.describe().toString();
    }
  }

  /**
   * A model file of any origin.
   *
   * @param model the file, and which weights are trained
   * @param input shape of an image
   * @param batchStatistics whether batch normalisations use and measure the statistics of the
   *     batch; where not, they keep what the file says
   * @param seed of fresh weights
   */
  record File(StartingModel model, ImageShape input, boolean batchStatistics, long seed)
      implements Subject {
    @Override
    public String identity() {
      return "%s %s %s %s %s"
          .formatted(model.card().sha256(), model.weights(), model.only(), batchStatistics, input);
    }
  }
}
