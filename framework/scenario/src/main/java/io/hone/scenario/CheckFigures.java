package io.hone.scenario;

import java.util.ArrayList;
import java.util.List;

/** The names of the figures that the self-checks of a run give, for expectations. */
public final class CheckFigures {
  /** How many findings have which state, one name each. */
  public static final List<String> COUNTS = List.of("failed", "warned", "passed", "not_applicable");

  /** The largest number that a check found, of all entries that it looked at. */
  public static final String NUMBER = "number";

  /** How many of a check's findings are failures. */
  public static final String FAILED = "failed";

  private CheckFigures() {}

  /** Returns the paths of the figures of some checks, such as {@code determinism.number}. */
  public static List<String> of(List<String> checks) {
    List<String> paths = new ArrayList<>(COUNTS);
    for (String check : checks) {
      paths.add(check + "." + NUMBER);
      paths.add(check + "." + FAILED);
    }
    return List.copyOf(paths);
  }
}
