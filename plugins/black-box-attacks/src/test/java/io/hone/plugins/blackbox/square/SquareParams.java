package io.hone.plugins.blackbox.square;

import io.hone.api.geometry.Norm;

/** Parameters of the attack for tests, which change the few that they are about. */
final class SquareParams {
  private double epsilon = 0.2;
  private Norm norm = Norm.LINF;
  private int queries = 12;
  private SquareAttack.Lowered loss = SquareAttack.Lowered.MARGIN;
  private int restarts = 1;

  private SquareParams() {}

  /** Starts with a radius of 0.2 in Linf and so few queries that tests are quick. */
  static SquareParams few() {
    return new SquareParams();
  }

  SquareParams epsilon(double radius) {
    epsilon = radius;
    return this;
  }

  SquareParams norm(Norm measured) {
    norm = measured;
    return this;
  }

  SquareParams queries(int number) {
    queries = number;
    return this;
  }

  SquareParams loss(SquareAttack.Lowered lowered) {
    loss = lowered;
    return this;
  }

  SquareParams restarts(int number) {
    restarts = number;
    return this;
  }

  SquareAttack.Params build() {
    return new SquareAttack.Params(epsilon, norm, queries, 0.8, true, loss, restarts);
  }
}
