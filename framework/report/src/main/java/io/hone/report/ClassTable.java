package io.hone.report;

import io.hone.engine.results.ClassSummary;
import io.hone.engine.results.StepStatistics;
import io.hone.engine.results.StepSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The rates of one entry, class by class.
 *
 * @param rates labels of the columns
 * @param rows one per class, in the order of the classes
 * @param notes what is to be said of the choice of classes
 */
record ClassTable(List<String> rates, List<Row> rows, List<String> notes) {
  /** So many classes are shown: those with the lowest accuracy. */
  static final int MOST_SHOWN = 30;

  private static final String ACCURACY = "accuracy";

  /**
   * A class.
   *
   * @param name of the class; its number where nobody names it
   * @param number of the class
   * @param samples how many came in
   * @param attempted how many took part
   * @param worst whether it is the class with the lowest accuracy
   * @param cells one per rate; empty where the rate is over no sample of the class
   */
  record Row(
      String name,
      int number,
      String samples,
      String attempted,
      boolean worst,
      List<Optional<Cell>> cells) {}

  /**
   * A rate of a class.
   *
   * @param figure the rate
   * @param interval of the rate
   */
  record Cell(Figure figure, Interval interval) {
    /** Returns the length of the rate's bar as SVG wants it. */
    String width() {
      return String.format(Locale.ROOT, "%.2f%%", 100 * figure.value());
    }
  }

  /** Returns the table of an entry; empty where there is nothing to compare. */
  static Optional<ClassTable> of(Entry entry) {
    StepSummary step = entry.summary();
    if (step.classes().size() < 2) {
      return Optional.empty();
    }
    List<String> paths = new ArrayList<>(step.intervals().keySet());
    paths.sort(FigureLabel.order());
    List<Row> rows =
        shown(step.classes()).stream()
            .map(found -> row(found, paths, Objects.equals(found, step.worstClass())))
            .toList();
    return Optional.of(
        new ClassTable(paths.stream().map(FigureLabel::of).toList(), rows, notes(step)));
  }

  private static List<ClassSummary> shown(List<ClassSummary> classes) {
    return classes.stream()
        .sorted(Comparator.comparingDouble(ClassTable::accuracy))
        .limit(MOST_SHOWN)
        .sorted(Comparator.comparingInt(ClassSummary::number))
        .toList();
  }

  private static double accuracy(ClassSummary found) {
    return Figure.at(found.metrics(), ACCURACY).map(Figure::value).orElse(1.0);
  }

  private static Row row(ClassSummary found, List<String> paths, boolean worst) {
    return new Row(
        found.title(),
        found.number(),
        Words.count(found.samples()),
        Words.count(found.attempted()),
        worst,
        paths.stream().map(path -> cell(found, path)).toList());
  }

  private static Optional<Cell> cell(ClassSummary found, String path) {
    return Optional.ofNullable(found.intervals().get(path))
        .map(
            interval ->
                new Cell(
                    new Figure("classes." + found.number() + "." + path, interval.rate()),
                    Interval.of(interval)));
  }

  private static List<String> notes(StepSummary step) {
    List<String> notes = new ArrayList<>();
    long tooFew =
        step.classes().stream()
            .filter(found -> found.samples() < StepStatistics.FEWEST_SAMPLES)
            .count();
    String enough = StepStatistics.FEWEST_SAMPLES + " samples";
    if (step.worstClass() != null) {
      notes.add(
          "The worst class has the lowest accuracy"
              + (tooFew == 0
                  ? "."
                  : " of the classes with at least "
                      + enough
                      + ". Classes with fewer samples: "
                      + Words.count(tooFew)
                      + "."));
    } else if (tooFew == step.classes().size()) {
      notes.add("No class has " + enough + ", so none is called the worst.");
    }
    if (step.classes().size() > MOST_SHOWN) {
      notes.add(
          "Shown are the "
              + MOST_SHOWN
              + " classes with the lowest accuracy of "
              + Words.count(step.classes().size())
              + ".");
    }
    return notes;
  }
}
