package io.hone.cli.text;

import io.hone.engine.results.ClassSummary;
import io.hone.engine.results.RateInterval;
import io.hone.engine.results.StepSummary;
import io.hone.host.figure.FigureTree;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A column of the table of results.
 *
 * @param title in the head of the table
 * @param path of the figure that it tells of
 * @param telling what is written of an entry; empty where the entry has no such figure
 */
record ResultColumn(String title, String path, Function<StepSummary, Optional<String>> telling) {
  private static final String ACCURACY = "accuracy";

  /** Returns all columns that a table may have; the last ones tell how certain the rates are. */
  static List<ResultColumn> all() {
    return List.of(
        percent("success %", "success_rate"),
        percent("8-bit %", "success_rate_8bit"),
        percent("accuracy %", ACCURACY),
        percent("recovered %", "recovery_rate"),
        percent("transfer %", "transfer_rate.successes"),
        number("L0", "l0.mean", 1),
        number("L2", "l2.mean", 3),
        percent("L0 less %", "reduction_rate.l0"),
        percent("L2 less %", "reduction_rate.l2"),
        number("queries", "queries.forward", 1),
        number("gradients", "queries.gradient", 1),
        number("seconds", "seconds", 2),
        interval("success 95 %", "success_rate"),
        interval("accuracy 95 %", ACCURACY),
        interval("recovered 95 %", "recovery_rate"),
        interval("transfer 95 %", "transfer_rate.successes"),
        new ResultColumn("worst class", ACCURACY, ResultColumn::worstClass));
  }

  private static ResultColumn percent(String title, String path) {
    return figure(title, path, value -> percent(value));
  }

  private static ResultColumn number(String title, String path, int decimals) {
    return figure(title, path, value -> text(value, decimals));
  }

  private static ResultColumn figure(String title, String path, Function<Double, String> writing) {
    return new ResultColumn(
        title,
        path,
        step -> {
          OptionalDouble value = FigureTree.find(step.metrics(), path);
          return value.isPresent()
              ? Optional.of(writing.apply(value.getAsDouble()))
              : Optional.empty();
        });
  }

  private static ResultColumn interval(String title, String path) {
    return new ResultColumn(
        title,
        path,
        step -> Optional.ofNullable(step.intervals().get(path)).map(ResultColumn::bounds));
  }

  private static String bounds(RateInterval interval) {
    return percent(interval.low()) + " to " + percent(interval.high());
  }

  /** Among a single class there is no worst one to tell of. */
  private static Optional<String> worstClass(StepSummary step) {
    ClassSummary worst = step.worstClass();
    if (worst == null || step.classes().size() < 2) {
      return Optional.empty();
    }
    OptionalDouble accuracy = FigureTree.find(worst.metrics(), ACCURACY);
    return accuracy.isPresent()
        ? Optional.of(worst.title() + ": " + percent(accuracy.getAsDouble()))
        : Optional.empty();
  }

  private static String percent(double value) {
    return text(100 * value, 1);
  }

  private static String text(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** Returns what is written of an entry. */
  Optional<String> cell(StepSummary step) {
    return telling.apply(step);
  }

  /** Returns whether anything is written of an entry. */
  boolean tellsOf(StepSummary step) {
    return cell(step).isPresent();
  }
}
