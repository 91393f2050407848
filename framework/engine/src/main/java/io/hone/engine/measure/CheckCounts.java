package io.hone.engine.measure;

import io.hone.engine.results.CheckResult;
import io.hone.engine.results.CheckState;
import io.hone.host.figure.FigureTree;
import io.hone.scenario.CheckFigures;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Makes the figures of {@link CheckFigures} from what the self-checks found. */
final class CheckCounts {
  private CheckCounts() {}

  /** Returns the figures; none where no checks were made, so that nothing is met by chance. */
  static Map<String, Object> of(List<CheckResult> results) {
    FigureTree figures = new FigureTree();
    if (results.isEmpty()) {
      return figures.toMap();
    }
    for (String count : CheckFigures.COUNTS) {
      figures.put(count, count(results, state(count)));
    }
    Map<String, List<CheckResult>> byCheck =
        results.stream().collect(Collectors.groupingBy(CheckResult::id));
    byCheck.forEach(
        (id, ofCheck) -> {
          figures.put(id + "." + CheckFigures.FAILED, count(ofCheck, CheckState.FAIL));
          OptionalDouble largest =
              ofCheck.stream()
                  .map(CheckResult::number)
                  .filter(Objects::nonNull)
                  .mapToDouble(Double::doubleValue)
                  .max();
          largest.ifPresent(number -> figures.put(id + "." + CheckFigures.NUMBER, number));
        });
    return figures.toMap();
  }

  private static CheckState state(String count) {
    return switch (count) {
      case "failed" -> CheckState.FAIL;
      case "warned" -> CheckState.WARN;
      case "passed" -> CheckState.PASS;
      default -> CheckState.NOT_APPLICABLE;
    };
  }

  private static long count(List<CheckResult> results, CheckState state) {
    return results.stream().filter(result -> result.is(state)).count();
  }
}
