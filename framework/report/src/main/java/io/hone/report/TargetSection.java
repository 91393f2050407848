package io.hone.report;

import io.hone.engine.results.Distrust;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import io.hone.engine.results.TargetSummary;
import io.hone.engine.step.StepTypes;
import java.util.List;
import java.util.Optional;

/**
 * What a step comes to over every class that it was aimed at: a table of three cases, and an
 * example of each pair of classes.
 *
 * @param name of the results without their target
 * @param distance that decides which target is easiest, in words
 * @param columns the figures that the cases have
 * @param cases the best, the average and the worst
 * @param examples empty where no target was reached
 */
record TargetSection(
    String name,
    String distance,
    List<Column> columns,
    List<Case> cases,
    Optional<ExampleTable> examples) {
  private static final List<Column> ALL =
      List.of(
          new Column("Success", "success_rate"),
          new Column("L0, mean", "l0"),
          new Column("L1, mean", "l1"),
          new Column("L2, mean", "l2"),
          new Column("L\u221e, mean", "linf"));

  /**
   * A figure of the cases.
   *
   * @param label in words
   * @param path in the metrics
   */
  record Column(String label, String path) {}

  /**
   * One case.
   *
   * @param label in words
   * @param note what is taken of each sample
   * @param entry with its figures
   */
  record Case(String label, String note, Entry entry) {
    /** Returns over how many samples it is. */
    String attempted() {
      return Words.count(entry.summary().attempted());
    }

    Optional<Figure> figure(Column column) {
      return entry.figure(column.path());
    }

    Optional<Interval> interval(Column column) {
      return entry.interval(column.path());
    }

    List<Distrust> doubts(Column column) {
      return entry.doubts(column.path());
    }
  }

  /** Returns the sections of a run; none where its steps aim at one class each. */
  static List<TargetSection> of(Summary summary, Drawing drawing) {
    StepTypes types = StepTypes.installed();
    return summary.targets().stream().map(targets -> of(targets, types, drawing)).toList();
  }

  private static TargetSection of(TargetSummary targets, StepTypes types, Drawing drawing) {
    List<Case> cases =
        List.of(
            found("Easiest target", "of each sample", targets.best(), types),
            found("Average target", "over all pairs", targets.average(), types),
            found("Hardest target", "of each sample", targets.worst(), types));
    return new TargetSection(
        targets.name(),
        FigureLabel.of(targets.distance()),
        ALL.stream()
            .filter(column -> cases.stream().anyMatch(one -> one.figure(column).isPresent()))
            .toList(),
        cases,
        drawing.gallery().matrices().stream()
            .filter(matrix -> matrix.sweep().equals(targets.name()) && !matrix.rows().isEmpty())
            .findFirst()
            .map(matrix -> ExampleTable.of(matrix, drawing)));
  }

  private static Case found(String label, String note, StepSummary summary, StepTypes types) {
    return new Case(
        label, note, new Entry(summary, types.find(summary.kind()), "targets", List.of()));
  }
}
