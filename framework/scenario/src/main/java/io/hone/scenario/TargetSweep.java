package io.hone.scenario;

import java.util.List;

/**
 * The names of what a step's results come to over every class that a matrix lets it aim at: {@code
 * matrix: {goal.targeted: [0, 1, 2]}}.
 *
 * <p>The best case takes for each sample the target that is easiest to reach, the worst case the
 * target that is hardest to reach, and the average case takes all of them (Carlini and Wagner 2017,
 * section II.C).
 *
 * @param name of the results without their target: {@code pgd}, or {@code pgd[epsilon=0.1]}
 * @param axis the label of the matrix's axis that holds the targets
 * @param best the name of the best case: {@code pgd[targeted=best]}
 * @param average the name of the average case
 * @param worst the name of the worst case
 */
public record TargetSweep(String name, String axis, String best, String average, String worst) {
  /** The value of the axis in the best case. */
  public static final String BEST = "best";

  /** The value of the axis in the average case. */
  public static final String AVERAGE = "average";

  /** The value of the axis in the worst case. */
  public static final String WORST = "worst";

  /** Returns the names of the three cases. */
  public List<String> cases() {
    return List.of(best, average, worst);
  }
}
