package io.hone.network;

import io.hone.api.stability.Stability;
import java.util.List;

/**
 * An array of numbers that a network learns or measures.
 *
 * @param name unique in its network, such as {@code conv1.kernel}
 * @param shape kernels are {@code [height, width, in, out]}, dense weights {@code [in, out]}
 * @param start what it holds before training
 * @param trainable whether it is learned; statistics are measured instead
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record WeightSpec(String name, List<Integer> shape, Start start, boolean trainable) {
  /** Copies the shape. */
  public WeightSpec {
    shape = List.copyOf(shape);
  }

  /** Returns how many numbers there are. */
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** What an array holds before training. */
  public sealed interface Start {
    /** The same number everywhere. */
    record Constant(float value) implements Start {}

    /**
     * Uniform in plus and minus {@code sqrt(6 / (fanIn + fanOut))}: Glorot and Bengio 2010,
     * equation 16.
     *
     * @param fanIn inputs that reach one output
     * @param fanOut outputs that one input reaches
     */
    record GlorotUniform(int fanIn, int fanOut) implements Start {}

    /**
     * Uniform in plus and minus {@code sqrt(6 / fanIn)}: He et al. 2015, equation 10, as a uniform
     * distribution.
     *
     * @param fanIn inputs that reach one output
     */
    record HeUniform(int fanIn) implements Start {}

    /**
     * Normal.
     *
     * @param deviation above 0
     */
    record Normal(float mean, float deviation) implements Start {}
  }
}
