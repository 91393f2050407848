package io.hone.onnxruntime.training;

import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.training.TrainableWeights;
import io.hone.onnx.training.Weight;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Draws weights for a model that is trained anew: kernels uniform in plus and minus {@code sqrt(6 /
 * inputs)} (He et al. 2015, equation 10), scales 1, shifts and biases 0, slopes 0.25, all else from
 * a normal distribution of standard deviation 0.02. Running statistics start as mean 0 and variance
 * 1.
 */
final class FreshWeights {
  private static final double SMALL = 0.02;
  private static final float SLOPE = 0.25f;

  private final TrainableWeights weights;
  private final FanIn fanIn;
  private final long seed;

  /**
   * Creates the draws.
   *
   * @param model whose weights they are
   */
  FreshWeights(TrainableWeights weights, OnnxModel model, long seed) {
    this.weights = weights;
    this.fanIn = new FanIn(model);
    this.seed = seed;
  }

  /** Returns the numbers of some weights by name. Each weight has a stream of its own. */
  Map<String, float[]> draw(List<String> names) {
    Map<String, float[]> drawn = new LinkedHashMap<>();
    for (String name : names) {
      Weight weight = weights.find(name).orElseThrow();
      long stream = new SplittableRandom(seed).nextLong() + name.hashCode();
      drawn.put(name, draw(weight, new SplittableRandom(stream)));
    }
    return drawn;
  }

  private float[] draw(Weight weight, SplittableRandom random) {
    float[] numbers = new float[Math.toIntExact(weight.shape().elements())];
    switch (weight.kind()) {
      case KERNEL -> {
        double limit = Math.sqrt(6.0 / Math.max(1, inputs(weight)));
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = (float) ((2 * random.nextDouble() - 1) * limit);
        }
      }
      case SCALE -> Arrays.fill(numbers, 1);
      case SLOPE -> Arrays.fill(numbers, SLOPE);
      case BIAS, SHIFT -> Arrays.fill(numbers, 0);
      default -> {
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = (float) (SMALL * random.nextGaussian());
        }
      }
    }
    return numbers;
  }

  /** Returns how many products an output is the sum of; unknown matrices are taken as square. */
  private double inputs(Weight weight) {
    OptionalLong told = fanIn.of(weight);
    if (told.isPresent()) {
      return told.getAsLong();
    }
    long[] sizes = weight.shape().sizes();
    if (sizes.length > 2) {
      return (double) weight.shape().elements() / sizes[0];
    }
    return Math.sqrt(weight.shape().elements());
  }
}
