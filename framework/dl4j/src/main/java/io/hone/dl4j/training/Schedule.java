package io.hone.dl4j.training;

/** How the step size changes from epoch to epoch. */
public enum Schedule {
  /** Not at all. */
  CONSTANT {
    @Override
    double rate(double start, int epoch, int epochs) {
      return start;
    }
  },
  /** Along half a cosine, from the start to almost 0: Loshchilov and Hutter 2017, equation 5. */
  COSINE {
    @Override
    double rate(double start, int epoch, int epochs) {
      return start * 0.5 * (1 + StrictMath.cos(StrictMath.PI * epoch / epochs));
    }
  };

  /** Returns the step size of an epoch, counted from 0. */
  abstract double rate(double start, int epoch, int epochs);
}
