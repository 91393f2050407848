package io.hone.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How examples transfer: rows are the examples with the model that they were made on, columns the
 * models that judge them.
 *
 * @param judges names of the models that judge
 */
record TransferTable(List<String> judges, List<Row> rows) {
  private static final String SUCCESSES = "transfer_rate.successes";
  private static final String ALL = "transfer_rate.all";

  /**
   * The examples of one entry.
   *
   * @param made the entry that made them
   * @param cells one for each model that judges; empty where that model was not shown them
   */
  record Row(Entry made, List<Optional<Cell>> cells) {}

  /**
   * What one model made of examples.
   *
   * @param successes the share of the examples that met their goal; empty without such an example
   * @param all the share of all samples that took part
   * @param judged the entry that tells of it
   */
  record Cell(Optional<Figure> successes, Figure all, Entry judged) {
    /** Returns the length of the bar, as SVG takes it. */
    String width() {
      double share = successes.map(Figure::value).orElse(0.0);
      return String.format(Locale.ROOT, "%.2f%%", 100 * share);
    }
  }

  /** Returns the table of a run; empty where examples were shown to one model once at most. */
  static Optional<TransferTable> of(List<Entry> entries) {
    List<Entry> judged =
        entries.stream()
            .filter(entry -> entry.depth() > 0 && entry.figure(ALL).isPresent())
            .toList();
    if (judged.size() < 2) {
      return Optional.empty();
    }
    Map<Entry, Map<String, Cell>> cells = new LinkedHashMap<>();
    Set<String> judges = new LinkedHashSet<>();
    boolean ambiguous = judged.stream().map(TransferTable::pair).distinct().count() < judged.size();
    for (Entry entry : judged) {
      String judge = ambiguous ? withVariant(entry) : entry.summary().use();
      judges.add(judge);
      cells
          .computeIfAbsent(made(entry), key -> new LinkedHashMap<>())
          .put(judge, new Cell(entry.figure(SUCCESSES), entry.figure(ALL).orElseThrow(), entry));
    }
    List<Row> rows = new ArrayList<>();
    cells.forEach(
        (made, byJudge) ->
            rows.add(
                new Row(
                    made,
                    judges.stream()
                        .map(judge -> Optional.ofNullable(byJudge.get(judge)))
                        .toList())));
    return Optional.of(new TransferTable(List.copyOf(judges), rows));
  }

  private static Entry made(Entry judged) {
    return judged.before().get(judged.depth() - 1);
  }

  private static String pair(Entry judged) {
    return judged.summary().use() + " judges " + made(judged).name();
  }

  /** Returns the model's name with what varies of the judging alone. */
  private static String withVariant(Entry judged) {
    Map<String, Object> own = new TreeMap<>(judged.summary().variant());
    own.keySet().removeAll(made(judged).summary().variant().keySet());
    return own.isEmpty()
        ? judged.summary().use()
        : judged.summary().use()
            + own.entrySet().stream()
                .map(axis -> axis.getKey() + "=" + axis.getValue())
                .collect(Collectors.joining(", ", " (", ")"));
  }
}
