package io.hone.learning.loop;

import io.hone.onnx.training.update.Schedule.Cosine;
import io.hone.onnx.training.update.Schedule.OneCycle;

/** How the learning rate changes in a training. */
public enum Schedule {
  /** Not at all. */
  CONSTANT {
    @Override
    double factor(long step, long steps) {
      return 1;
    }
  },
  /** Along half a cosine, from the start to almost 0: Loshchilov and Hutter 2017, equation 5. */
  COSINE {
    @Override
    double factor(long step, long steps) {
      return new Cosine().factor(step, steps);
    }
  },
  /** Up from a small rate and down to almost 0: Smith and Topin 2018, with PyTorch's numbers. */
  ONE_CYCLE {
    @Override
    double factor(long step, long steps) {
      return OneCycle.usual().factor(step, steps);
    }
  },
  /** Down to a tenth after half of the training, and once more after three quarters. */
  STEPS {
    @Override
    double factor(long step, long steps) {
      return 4 * step < 2 * steps ? 1 : 4 * step < 3 * steps ? 0.1 : 0.01;
    }
  },
  /** {@code 1 / (1 + 9 p)} after the part {@code p} of the training: a tenth in the end. */
  INVERSE {
    @Override
    double factor(long step, long steps) {
      return 1 / (1 + 9.0 * step / steps);
    }
  };

  /**
   * Returns what the rate is multiplied by.
   *
   * @param step counted from 0
   * @param steps of the whole training
   */
  abstract double factor(long step, long steps);
}
