package io.hone.engine.step;

/**
 * How the results name what a step does.
 *
 * @param use the component's id; several joined by {@code +}
 * @param norm that the step works in, such as {@code linf}; empty where it says none
 * @param radius the parameter that no emitted image leaves, by name; empty where there is none
 */
public record StepLabel(String use, String norm, String radius) {
  /** Returns a label without norm and radius. */
  public static StepLabel of(String use) {
    return new StepLabel(use, "", "");
  }
}
