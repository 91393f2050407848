package io.hone.dl4j.backend;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.dl4j.samediff.Nd4jStart;
import java.util.Optional;

/** A saved network that classifies. */
class SameDiffClassifier implements Classifier {
  /** Probabilities below it have no logarithm that a float can hold. */
  private static final float SMALLEST = Float.MIN_NORMAL;

  private final SavedNetwork network;
  private final PixelMapping pixels;
  private final ModelCard card;

  SameDiffClassifier(SavedNetwork network, ModelCard card) {
    this.network = network;
    this.pixels = new PixelMapping(card.input());
    this.card = card;
  }

  SavedNetwork network() {
    return network;
  }

  PixelMapping pixels() {
    return pixels;
  }

  boolean returnsProbabilities() {
    return card.output().kind() == OutputKind.PROBABILITIES;
  }

  @Override
  public int classes() {
    return card.output().classes();
  }

  @Override
  public boolean accepts(ImageShape shape) {
    return pixels.accepts(shape);
  }

  @Override
  public Optional<String> gradientObstacle() {
    return Optional.of(
        "SameDiff finds no gradient from '"
            + card.name()
            + "' to its images; export the model to ONNX, or choose an attack without gradients");
  }

  @Override
  public Tensor logits(ImageBatch images) {
    return Tensor.of(scores(images.pixels(), true), images.size(), classes());
  }

  /** Returns what the network says, as logits or as it is. */
  float[] scores(Tensor images, boolean asLogits) {
    if (images.rows() == 0) {
      return new float[0];
    }
    Nd4jStart.load();
    float[] scores =
        network.run(pixels.toNetwork(images), pixels.axes(images.rows(), images.imageShape()));
    if (asLogits && returnsProbabilities()) {
      for (int i = 0; i < scores.length; i++) {
        scores[i] = (float) Math.log(Math.max(scores[i], SMALLEST));
      }
    }
    return scores;
  }

  /** Returns the derivative of a logit to what the network says of its class. */
  float slope(float score) {
    if (!returnsProbabilities()) {
      return 1;
    }
    return score < SMALLEST ? 0 : 1 / score;
  }
}
