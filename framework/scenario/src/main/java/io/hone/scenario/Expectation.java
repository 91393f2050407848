package io.hone.scenario;

/**
 * A figure that a run must reach.
 *
 * @param text as written, {@code PATH OP NUMBER}
 * @param step the name of the entry
 * @param figure the path of the figure within the entry's metrics, {@code reduction_rate.l0}
 * @param operator how they are compared
 * @param number to compare with
 */
public record Expectation(
    String text, String step, String figure, Operator operator, double number) {
  /** A comparison. */
  public enum Operator {
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    EQUAL("=="),
    NOT_EQUAL("!=");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    /** Returns the operator as written. */
    public String sign() {
      return sign;
    }

    /** Returns whether the comparison holds; never for NaN. */
    public boolean holds(double left, double right) {
      if (Double.isNaN(left) || Double.isNaN(right)) {
        return false;
      }
      return switch (this) {
        case LESS -> left < right;
        case LESS_OR_EQUAL -> left <= right;
        case GREATER -> left > right;
        case GREATER_OR_EQUAL -> left >= right;
        case EQUAL -> left == right;
        case NOT_EQUAL -> left != right;
      };
    }
  }
}
