package io.hone.report;

import io.hone.engine.results.CheckResult;
import io.hone.engine.results.CheckState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a self-check found of one entry.
 *
 * @param result as in the summary
 * @param entry that it looked at, if the page shows it
 */
record CheckRow(CheckResult result, Optional<Entry> entry) {
  private static final List<String> URGENCY =
      List.of(
          CheckState.FAIL.word(),
          CheckState.WARN.word(),
          CheckState.PASS.word(),
          CheckState.NOT_APPLICABLE.word());

  /** Returns the findings: failures first, then warnings, each kind in the order of the checks. */
  static List<CheckRow> of(List<CheckResult> results, List<Entry> entries) {
    List<CheckRow> rows = new ArrayList<>();
    for (CheckResult result : results) {
      rows.add(
          new CheckRow(
              result,
              entries.stream().filter(entry -> entry.name().equals(result.entry())).findFirst()));
    }
    rows.sort(Comparator.comparingInt(row -> URGENCY.indexOf(row.result().state())));
    return List.copyOf(rows);
  }

  /** Returns the CSS class of the state. */
  String tone() {
    return CheckState.of(result.state())
        .map(
            state ->
                switch (state) {
                  case PASS -> "good";
                  case WARN -> "doubtful";
                  case FAIL -> "bad";
                  case NOT_APPLICABLE -> "neutral";
                })
        .orElse("neutral");
  }

  /** Returns the number as people read it; empty where there is none. */
  Optional<Figure> number() {
    return Optional.ofNullable(result.number())
        .map(number -> new Figure("checks." + result.id() + ".number", number));
  }

  /** Returns how many findings have each state, in words. */
  static String counts(List<CheckRow> rows) {
    List<String> counts = new ArrayList<>();
    for (String state : URGENCY) {
      long count = rows.stream().filter(row -> row.result().state().equals(state)).count();
      if (count > 0) {
        counts.add(count + " " + state);
      }
    }
    return String.join(", ", counts);
  }
}
