package io.hone.plugins.optimization.cw;

/** How a variable follows its gradient downhill. */
public enum Optimiser {
  /** {@code w -= rate * g}. */
  GRADIENT_DESCENT {
    @Override
    void step(VariableDescent descent, float[] gradient, float rate, float momentum) {
      float[] variable = descent.variable();
      for (int feature = 0; feature < variable.length; feature++) {
        variable[feature] -= rate * gradient[feature];
      }
    }
  },
  /** {@code v = momentum * v + rate * g; w -= v}. */
  MOMENTUM {
    @Override
    void step(VariableDescent descent, float[] gradient, float rate, float momentum) {
      float[] variable = descent.variable();
      float[] velocity = descent.first();
      for (int feature = 0; feature < variable.length; feature++) {
        float next = momentum * velocity[feature] + rate * gradient[feature];
        velocity[feature] = next;
        variable[feature] -= next;
      }
    }
  },
  /**
   * {@code v = momentum * v + rate * g(w - momentum * v); w -= v}: the variable held is the point
   * ahead, {@code w - momentum * v}, where the gradient is asked for.
   */
  NESTEROV {
    @Override
    void step(VariableDescent descent, float[] gradient, float rate, float momentum) {
      float[] variable = descent.variable();
      float[] velocity = descent.first();
      for (int feature = 0; feature < variable.length; feature++) {
        float before = velocity[feature];
        float next = momentum * before + rate * gradient[feature];
        velocity[feature] = next;
        variable[feature] += momentum * before - (1 + momentum) * next;
      }
    }
  },
  /** Kingma and Ba 2015 with 0.9, 0.999 and 1e-8. */
  ADAM {
    @Override
    void step(VariableDescent descent, float[] gradient, float rate, float momentum) {
      descent.countAdamStep();
      float[] variable = descent.variable();
      float[] mean = descent.first();
      float[] square = descent.second();
      double unbiasedSquare = Math.sqrt(1 - descent.squareDecay());
      float size = (float) (rate * unbiasedSquare / (1 - descent.meanDecay()));
      float floor = (float) (ADAM_FLOOR * unbiasedSquare);
      for (int feature = 0; feature < variable.length; feature++) {
        float slope = gradient[feature];
        float first = 0.9f * mean[feature] + 0.1f * slope;
        float second = 0.999f * square[feature] + 0.001f * (slope * slope);
        mean[feature] = first;
        square[feature] = second;
        variable[feature] -= size * first / ((float) Math.sqrt(second) + floor);
      }
    }
  };

  private static final double ADAM_FLOOR = 1e-8;

  /** Moves the variable by one step. */
  abstract void step(VariableDescent descent, float[] gradient, float rate, float momentum);
}
