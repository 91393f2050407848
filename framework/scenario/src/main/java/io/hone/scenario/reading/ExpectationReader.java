package io.hone.scenario.reading;

import io.hone.api.metric.StepKind;
import io.hone.host.component.PixelSize;
import io.hone.scenario.CheckChoice;
import io.hone.scenario.Expectation;
import io.hone.scenario.Step;
import io.hone.scenario.diagnostics.Diagnostics;
import io.hone.scenario.diagnostics.Spelling;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads expectations: {@code PATH OP NUMBER}, the path being an entry's name, a dot, a figure. */
final class ExpectationReader {
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*(\\S.*?)\\s*(<=|>=|==|!=|<|>)\\s*"
              + "([-+.0-9eE]+|[.0-9]+\\s*/\\s*[.0-9]+|[.0-9]+\\s*px)\\s*");
  private static final Pattern PATH =
      Pattern.compile("(?<entry>[^.\\[\\]]+(?:\\[[^\\]]*\\])?)\\.(?<figure>[A-Za-z0-9_.-]+)");
  private static final String HINT =
      "an expectation is PATH OP NUMBER, such as greedy.reduction_rate.l0 > 0.7; OP is one of"
          + " < <= > >= == !=, and NUMBER is decimal or a size such as 8/255";

  private final Diagnostics diagnostics;
  private final Optional<KnownFigures> figures;

  /**
   * Creates a reader.
   *
   * @param figures that the steps will have; empty if the steps could not be read
   */
  ExpectationReader(Diagnostics diagnostics, Optional<KnownFigures> figures) {
    this.diagnostics = diagnostics;
    this.figures = figures;
  }

  /**
   * Returns the expectations that make sense.
   *
   * @param plan the results that the run will have; empty if they could not be planned, and names
   *     are not checked
   */
  List<Expectation> read(Optional<YamlNode> expect, Optional<Plan> plan) {
    List<Expectation> expectations = new ArrayList<>();
    if (expect.orElse(null) instanceof YamlSequence sequence) {
      for (YamlNode item : sequence.items()) {
        if (item.plain() instanceof String text) {
          read(text, item, plan).ifPresent(expectations::add);
        }
      }
    }
    return List.copyOf(expectations);
  }

  private Optional<Expectation> read(String text, YamlNode node, Optional<Plan> plan) {
    Matcher form = FORM.matcher(text);
    Optional<Double> number = form.matches() ? number(form.group(3)) : Optional.empty();
    if (number.isEmpty()) {
      diagnostics.add(node.place(), "'" + text + "' is no expectation", HINT);
      return Optional.empty();
    }
    Matcher path = PATH.matcher(form.group(1));
    if (!path.matches()) {
      diagnostics.add(node.place(), "'" + form.group(1) + "' is no path of a figure", HINT);
      return Optional.empty();
    }
    String entry = path.group("entry");
    if (entry.equals(CheckChoice.ENTRY)) {
      if (!isChecked(path.group("figure"), node)) {
        return Optional.empty();
      }
    } else if (plan.isPresent() && !isKnown(entry, plan.get(), node)
        || plan.isPresent() && !isMeasured(entry, path.group("figure"), plan.get(), node)) {
      return Optional.empty();
    }

    Expectation.Operator operator =
        Stream.of(Expectation.Operator.values())
            .filter(candidate -> candidate.sign().equals(form.group(2)))
            .findFirst()
            .orElseThrow();
    return Optional.of(new Expectation(text, entry, path.group("figure"), operator, number.get()));
  }

  private static Optional<Double> number(String text) {
    OptionalDouble size = PixelSize.parse(text);
    if (size.isPresent()) {
      return Optional.of(size.getAsDouble());
    }
    try {
      return Optional.of(Double.valueOf(text)).filter(Double::isFinite);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private boolean isChecked(String figure, YamlNode node) {
    Optional<KnownFigures.Problem> problem =
        figures.flatMap(known -> known.problemOfChecks(figure));
    problem.ifPresent(found -> diagnostics.add(node.place(), found.message(), found.notes()));
    return problem.isEmpty();
  }

  private boolean isMeasured(String name, String figure, Plan plan, YamlNode node) {
    Optional<PlannedEntry> entry = plan.entry(name);
    String step = entry.map(found -> found.step().id()).orElse(Step.CLEAN);
    StepKind kind = entry.map(found -> found.step().kind()).orElse(StepKind.CLEAN);
    Optional<KnownFigures.Problem> problem =
        figures.flatMap(known -> known.problem(name, step, kind, figure));
    problem.ifPresent(found -> diagnostics.add(node.place(), found.message(), found.notes()));
    return problem.isEmpty();
  }

  private boolean isKnown(String name, Plan plan, YamlNode node) {
    List<String> names =
        Stream.concat(plan.results().stream().map(PlannedResult::name), plan.cases().stream())
            .toList();
    if (names.contains(name)) {
      return true;
    }
    List<String> variants =
        plan.results().stream()
            .filter(result -> result.base().equals(name) || result.base().startsWith(name + "@"))
            .map(PlannedResult::name)
            .toList();
    if (!variants.isEmpty()) {
      diagnostics.add(
          node.place(),
          "'" + name + "' has " + variants.size() + " results; say which",
          "known: " + shortened(variants));
      return false;
    }
    diagnostics.add(
        node.place(),
        "there is no result '" + name + "'" + Spelling.didYouMean(name, names),
        "known: " + shortened(names));
    return false;
  }

  private static String shortened(List<String> names) {
    int shown = 20;
    return names.stream().limit(shown).collect(Collectors.joining(", "))
        + (names.size() > shown ? ", ..." : "");
  }
}
