package io.hone.onnx.training.update;

/** How the learning rate changes from step to step. */
public sealed interface Schedule {
  /**
   * Returns what the rate is multiplied by.
   *
   * @param step counted from 0
   * @param steps of the whole training
   */
  double factor(long step, long steps);

  /** Not at all. */
  record Constant() implements Schedule {
    @Override
    public double factor(long step, long steps) {
      return 1;
    }
  }

  /** Along half a cosine, from 1 to almost 0: Loshchilov and Hutter 2017, equation 5. */
  record Cosine() implements Schedule {
    @Override
    public double factor(long step, long steps) {
      return 0.5 * (1 + StrictMath.cos(StrictMath.PI * step / steps));
    }
  }

  /**
   * Up from a small rate and down to almost 0, both along half a cosine: Smith and Topin 2018, in
   * PyTorch's form.
   *
   * @param rising share of the steps in which the rate rises, above 0 and below 1
   * @param start factor of the first step, above 0
   * @param end factor of the last step, above 0
   */
  record OneCycle(double rising, double start, double end) implements Schedule {
    /** Checks the numbers. */
    public OneCycle {
      if (!(rising > 0 && rising < 1 && start > 0 && end > 0)) {
        throw new IllegalArgumentException(
            "one cycle takes a share from 0 to 1 and factors above 0, not %s, %s, %s"
                .formatted(rising, start, end));
      }
    }

    /** Returns the cycle with PyTorch's numbers. */
    public static OneCycle usual() {
      return new OneCycle(0.3, 1.0 / 25, 1.0 / 250_000);
    }

    @Override
    public double factor(long step, long steps) {
      double top = rising * steps - 1;
      double last = steps - 1.0;
      if (step <= top) {
        return between(start, 1, step / top);
      }
      return last <= top ? 1 : between(1, end, (step - top) / (last - top));
    }

    private static double between(double from, double to, double share) {
      return to + (from - to) / 2 * (1 + StrictMath.cos(StrictMath.PI * share));
    }
  }

  /**
   * {@code 1 / (1 + decay step)}, as Keras' optimisers had it.
   *
   * @param decay at least 0
   */
  record Inverse(double decay) implements Schedule {
    /** Checks the decay. */
    public Inverse {
      if (!(decay >= 0)) {
        throw new IllegalArgumentException("the decay of a rate is at least 0, not " + decay);
      }
    }

    @Override
    public double factor(long step, long steps) {
      return 1 / (1 + decay * step);
    }
  }
}
