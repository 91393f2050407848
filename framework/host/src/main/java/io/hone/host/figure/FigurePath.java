package io.hone.host.figure;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an expectation names of an entry: one of its figures, or a statistic of a rate.
 *
 * <p>Statistics are {@code intervals.RATE.PART}, with one of {@link #PARTS}, and the figures and
 * intervals of a class: {@code worst_class.RATE}, {@code worst_class.intervals.RATE.PART}, {@code
 * classes.3.RATE}. A class has counts too: {@code worst_class.samples}.
 *
 * @param group {@code worst_class}, {@code classes.N}, or empty for the entry itself
 * @param figure the figure or count, such as {@code success_rate}
 * @param part of the rate's interval; empty for the figure itself
 */
public record FigurePath(String group, String figure, Optional<String> part) {
  /** The group of the class with the lowest accuracy. */
  public static final String WORST_CLASS = "worst_class";

  /** The rate by which the worst class is found. */
  public static final String RANKING = "accuracy";

  /** What the group of a class begins with. */
  public static final String CLASSES = "classes";

  /** What the path of an interval begins with. */
  public static final String INTERVALS = "intervals";

  /** What is told of an interval: samples, samples in favour, lower and upper bound. */
  public static final List<String> PARTS = List.of("n", "count", "low", "high");

  /** What is told of a class beside its rates. */
  public static final List<String> COUNTS = List.of("class", "samples", "attempted");

  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<group>"
              + WORST_CLASS
              + "|"
              + CLASSES
              + "\\.\\d{1,9})\\.)?(?:(?<interval>"
              + INTERVALS
              + ")\\.(?<rate>.+)\\.(?<part>"
              + String.join("|", PARTS)
              + ")|(?<figure>.+))");

  /** Returns what a path within an entry means. */
  public static FigurePath of(String path) {
    Matcher form = FORM.matcher(path);
    if (!form.matches()) {
      return new FigurePath("", path, Optional.empty());
    }
    String group = Optional.ofNullable(form.group("group")).orElse("");
    return form.group("interval") == null
        ? new FigurePath(group, form.group("figure"), Optional.empty())
        : new FigurePath(group, form.group("rate"), Optional.of(form.group("part")));
  }

  /** Returns whether this is a statistic, and not a figure of the entry itself. */
  public boolean isStatistic() {
    return !group.isEmpty() || part.isPresent() || isReserved(figure);
  }

  /** Returns whether a class is asked for a count instead of a rate. */
  public boolean isCount() {
    return !group.isEmpty() && part.isEmpty() && COUNTS.contains(figure);
  }

  /** Returns the number of the class that the group names, if it names one. */
  public Optional<Integer> classNumber() {
    return group.startsWith(CLASSES)
        ? Optional.of(Integer.valueOf(group.substring(CLASSES.length() + 1)))
        : Optional.empty();
  }

  /**
   * Returns the paths of the statistics that there are beside this one: intervals, or what is told
   * of a class.
   *
   * @param rates of the entry
   */
  public List<String> near(List<String> rates) {
    boolean ofAClass = !group.isEmpty() || isReserved(figure) && !figure.startsWith(INTERVALS);
    if (!ofAClass) {
      return intervals("", rates).toList();
    }
    String prefix = (group.isEmpty() ? WORST_CLASS : group) + ".";
    return Stream.of(
            rates.stream().map(rate -> prefix + rate),
            intervals(prefix, rates),
            COUNTS.stream().map(count -> prefix + count))
        .flatMap(paths -> paths)
        .toList();
  }

  private static Stream<String> intervals(String prefix, List<String> rates) {
    return rates.stream()
        .flatMap(rate -> PARTS.stream().map(part -> prefix + INTERVALS + "." + rate + "." + part));
  }

  /** Returns whether a path begins as statistics do, so that no figure may have the name. */
  static boolean isReserved(String path) {
    return List.of(WORST_CLASS, CLASSES, INTERVALS).contains(path.split("\\.", 2)[0]);
  }
}
