package io.hone.network;

import io.hone.api.stability.Stability;
import io.hone.network.WeightSpec.Start;

/** How a kernel or matrix is drawn before training. */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public enum KernelStart {
  /** Uniform in plus and minus {@code sqrt(6 / (fanIn + fanOut))}: Glorot and Bengio 2010. */
  GLOROT_UNIFORM {
    @Override
    Start of(int fanIn, int fanOut) {
      return new Start.GlorotUniform(fanIn, fanOut);
    }
  },
  /** Uniform in plus and minus {@code sqrt(6 / fanIn)}: He et al. 2015, for ReLU. */
  HE_UNIFORM {
    @Override
    Start of(int fanIn, int fanOut) {
      return new Start.HeUniform(fanIn);
    }
  },
  /** Normal with mean 0 and deviation 0.02, as generative networks start: Radford et al. 2016. */
  SMALL_NORMAL {
    @Override
    Start of(int fanIn, int fanOut) {
      return new Start.Normal(0, 0.02f);
    }
  };

  /**
   * Returns the start of an array.
   *
   * @param fanIn inputs that reach one output
   * @param fanOut outputs that one input reaches
   */
  abstract Start of(int fanIn, int fanOut);
}
