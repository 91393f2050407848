package io.hone.learning.network.architecture;

import io.hone.network.Activation;
import io.hone.network.Gain;
import io.hone.network.Joint;
import io.hone.network.KernelStart;
import io.hone.network.Layer;
import io.hone.network.Padding;
import io.hone.network.Value;

/**
 * The self-attention of generative networks (SAGAN, Zhang et al. 2019): queries of an eighth of the
 * channels look up keys of as many and values of half, both pooled by 2; a 1x1 convolution brings
 * the answer back to all channels, and a gain that starts at 0 adds it to the input.
 */
public final class SelfAttention {
  /** Fewer channels tell too few keys apart. */
  private static final int FEWEST_CHANNELS = 4;

  private SelfAttention() {}

  /**
   * Returns images of the same shape.
   *
   * @param input images of at least 2 rows and columns
   */
  public static Value of(Value input) {
    int channels = input.shape().channels();
    int width = Math.max(FEWEST_CHANNELS, channels / 8);
    Value queries = project(input, width);
    Value keys = project(input, width).then(new Layer.MaxPooling(2));
    Value values = project(input, Math.max(1, channels / 2)).then(new Layer.MaxPooling(2));
    Value found = queries.then(new Joint.Attention(), keys, values);
    return project(found, channels).then(new Gain(0)).then(new Joint.Add(), input);
  }

  private static Value project(Value value, int channels) {
    return value.then(
        new Layer.Convolution(channels, 1, 1, Padding.SAME, Activation.NONE)
            .withoutBias()
            .startingWith(KernelStart.SMALL_NORMAL));
  }
}
