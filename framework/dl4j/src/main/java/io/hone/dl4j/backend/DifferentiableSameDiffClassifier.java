package io.hone.dl4j.backend;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.ModelCard;
import io.hone.dl4j.samediff.Nd4jStart;
import java.util.Optional;

/**
 * A saved network that classifies, and whose gradients SameDiff finds. Opening it has asked for one
 * gradient already, to know that there are any, so nothing is left to set up for a loss.
 */
final class DifferentiableSameDiffClassifier extends SameDiffClassifier
    implements DifferentiableClassifier {

  DifferentiableSameDiffClassifier(SavedNetwork network, ModelCard card) {
    super(network, card);
  }

  @Override
  public Optional<String> gradientObstacle() {
    return Optional.empty();
  }

  @Override
  public Tensor vjp(ImageBatch images, Tensor cotangent) {
    Tensor pixels = images.pixels();
    if (images.size() == 0) {
      return Tensor.images(0, pixels.imageShape());
    }
    Nd4jStart.load();
    float[] values = new float[images.size() * classes()];
    cotangent.buffer().get(values);
    if (returnsProbabilities()) {
      float[] scores = scores(pixels, false);
      for (int i = 0; i < values.length; i++) {
        values[i] *= slope(scores[i]);
      }
    }
    float[] gradient =
        network()
            .gradient(
                pixels().toNetwork(pixels),
                values,
                classes(),
                pixels().axes(images.size(), pixels.imageShape()));
    return pixels().gradientFromNetwork(gradient, images.size(), pixels.imageShape());
  }
}
