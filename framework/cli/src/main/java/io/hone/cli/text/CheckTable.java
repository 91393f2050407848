package io.hone.cli.text;

import io.hone.engine.results.CheckResult;
import io.hone.engine.results.CheckState;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/** What the self-checks of a run found, as a table on standard output, and what to do about it. */
final class CheckTable {
  private final List<CheckResult> results;

  CheckTable(List<CheckResult> results) {
    this.results = results;
  }

  /** Prints nothing where no checks were made. */
  void print(PrintStream out) {
    if (results.isEmpty()) {
      return;
    }
    Map<String, List<CheckResult>> byCheck = new LinkedHashMap<>();
    results.forEach(
        result -> byCheck.computeIfAbsent(result.id(), id -> new ArrayList<>()).add(result));
    List<String> header = new ArrayList<>(List.of("self-check"));
    for (CheckState state : CheckState.values()) {
      header.add(state.word());
    }
    header.add("largest number");
    TextTable table = new TextTable(true, header.toArray(String[]::new));
    byCheck.forEach((id, found) -> table.add(row(id, found)));
    out.println();
    table.print(out);
    for (CheckState state : List.of(CheckState.FAIL, CheckState.WARN)) {
      results.stream().filter(result -> result.is(state)).forEach(result -> tell(result, out));
    }
  }

  private static List<String> row(String id, List<CheckResult> found) {
    List<String> row = new ArrayList<>(List.of(id));
    for (CheckState state : CheckState.values()) {
      long count = found.stream().filter(result -> result.is(state)).count();
      row.add(count == 0 ? TextTable.NONE : Long.toString(count));
    }
    OptionalDouble largest =
        found.stream()
            .map(CheckResult::number)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .max();
    row.add(largest.isPresent() ? shown(largest.getAsDouble()) : TextTable.NONE);
    return row;
  }

  private static String shown(double number) {
    return number == 0 ? "0" : String.format(Locale.ROOT, "%.4g", number);
  }

  private static void tell(CheckResult result, PrintStream out) {
    boolean failed = result.is(CheckState.FAIL);
    // A failure that raises a flag is told in full with the flag.
    String told =
        failed && !result.flag().isEmpty()
            ? "see " + result.flag() + " above"
            : result.text() + " " + result.advice();
    out.println(
        TextWrap.paragraph(
            (failed ? "FAILED: " : "warning: ")
                + result.id()
                + " ("
                + result.entry()
                + "): "
                + told.strip(),
            "  "));
  }
}
