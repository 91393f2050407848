package io.hone.scenario.reading;

import io.hone.host.component.ComponentRegistry;
import io.hone.scenario.Expectation;
import io.hone.scenario.Scenario;
import io.hone.scenario.ScenarioOptions;
import io.hone.scenario.ScenarioPlaces;
import io.hone.scenario.Selection;
import io.hone.scenario.Step;
import io.hone.scenario.binding.Bound;
import io.hone.scenario.binding.RecordShape;
import io.hone.scenario.document.AcceptedFlag;
import io.hone.scenario.document.ScenarioDocument;
import io.hone.scenario.document.ScenarioFormat;
import io.hone.scenario.document.StepGrammars;
import io.hone.scenario.yaml.YamlMapping;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlSequence;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads scenarios: from YAML to typed, checked and expanded, with all errors at once. */
public final class ScenarioReader {
  private static final RecordShape<ScenarioDocument> SHAPE =
      RecordShape.ofSection(ScenarioDocument.class, "a scenario");

  private final ScenarioFormat format;
  private final StepGrammars grammars;
  private final Path distribution;

  /**
   * Creates a reader.
   *
   * @param registry holds the components that scenarios may use
   * @param grammars of the kinds of steps that scenarios may have
   * @param distribution folder against which relative paths resolve that are not found beside the
   *     scenario
   */
  public ScenarioReader(ComponentRegistry registry, StepGrammars grammars, Path distribution) {
    this.format = ScenarioFormat.scenario(registry, grammars);
    this.grammars = grammars;
    this.distribution = distribution;
  }

  /**
   * Reads a scenario.
   *
   * <p>Nothing is opened: whether the model has the classes, the shape and the access that the
   * scenario asks for shows later, and is told with {@link Scenario#places()}.
   *
   * @throws io.hone.api.BadInputException if the file cannot be read; a {@link
   *     io.hone.scenario.diagnostics.ScenarioException} holding everything that is wrong with it
   */
  public Scenario read(Path file, ScenarioOptions options) {
    ScenarioFile reading = new ScenarioFile(file, options, format, distribution);
    reading.refuseOther("train", "dataset", "a training scenario, which is for hone train");
    return new Compilation(reading, grammars).compile(options);
  }

  /** One scenario on its way from tree to record. */
  private static final class Compilation {
    private final ScenarioFile reading;
    private final StepGrammars grammars;
    private final List<StepOutline> steps;
    private final List<Axis> axes;
    private final Map<Map<Axis, Axis.Value>, Optional<Bound<ScenarioDocument>>> documents =
        new HashMap<>();

    Compilation(ScenarioFile reading, StepGrammars grammars) {
      this.reading = reading;
      this.grammars = grammars;
      OutlineReader outlines = new OutlineReader(grammars, reading.diagnostics());
      this.steps = outlines.read(reading.at("steps"));
      this.axes =
          new AxisReader(new StepAxisRule(outlines.ids(), grammars), reading.diagnostics())
              .read(reading.at("matrix"));
    }

    Scenario compile(ScenarioOptions options) {
      new OptionApplier(reading.diagnostics()).refuseVaried(options, axes);
      Optional<Plan> plan =
          reading.diagnostics().isEmpty()
              ? Optional.of(new ChainPlanner(grammars, axes, reading.diagnostics()).plan(steps))
              : Optional.empty();
      bindEveryValue();
      refuseDuplicateMetrics();
      List<Expectation> expectations =
          new ExpectationReader(
                  reading.diagnostics(), at(Map.of()).map(Bound::value).map(KnownFigures::of))
              .read(reading.at("expect"), plan);
      reading.diagnostics().throwIfAny();

      List<Step> assembled =
          new StepAssembler(
                  point -> at(point).map(bound -> sections(bound.value(), point)),
                  reading.diagnostics())
              .assemble(plan.orElseThrow().entries());
      reading.diagnostics().throwIfAny();
      return scenario(
          at(Map.of()).orElseThrow(), options, models(plan.orElseThrow()), assembled, expectations);
    }

    /** Binds at the first value of every axis, and at every other value of each axis alone. */
    private void bindEveryValue() {
      at(Map.of());
      for (Axis axis : axes) {
        axis.values().forEach(value -> at(Map.of(axis, value)));
      }
    }

    /** Binds the document at a point; an axis without a choice has its first value. */
    private Optional<Bound<ScenarioDocument>> at(Map<Axis, Axis.Value> choices) {
      Map<Axis, Axis.Value> point = whole(choices);
      return documents.computeIfAbsent(point, key -> reading.bind(SHAPE, key));
    }

    private Map<Axis, Axis.Value> whole(Map<Axis, Axis.Value> choices) {
      Map<Axis, Axis.Value> point = new LinkedHashMap<>();
      axes.forEach(axis -> point.put(axis, choices.getOrDefault(axis, axis.values().get(0))));
      return point;
    }

    /** Returns the places at a point; an axis without a choice has its place in the scenario. */
    private ScenarioPlaces places(Map<Axis, Axis.Value> point) {
      return reading.places(point);
    }

    private List<Scenario.TestedModel> models(Plan plan) {
      return plan.clean().stream()
          .map(
              clean ->
                  new Scenario.TestedModel(
                      clean.name(),
                      StepAssembler.variant(clean.point()),
                      at(clean.point()).orElseThrow().value().model().choice(),
                      places(clean.point())))
          .toList();
    }

    private StepAssembler.Sections sections(
        ScenarioDocument document, Map<Axis, Axis.Value> point) {
      return new StepAssembler.Sections(document.goal(), document.steps(), places(point));
    }

    private void refuseDuplicateMetrics() {
      if (!(reading.at("metrics").orElse(null) instanceof YamlSequence metrics)) {
        return;
      }
      Set<Object> ids = new HashSet<>();
      for (YamlNode metric : metrics.items()) {
        YamlNode id =
            metric instanceof YamlMapping mapping ? mapping.get("use").orElse(metric) : metric;
        if (!ids.add(id.plain())) {
          reading
              .diagnostics()
              .add(
                  id.place(),
                  "the metric '" + id.plain() + "' is given twice",
                  "remove one of them");
        }
      }
    }

    private Scenario scenario(
        Bound<ScenarioDocument> bound,
        ScenarioOptions options,
        List<Scenario.TestedModel> models,
        List<Step> assembled,
        List<Expectation> expectations) {
      ScenarioDocument document = bound.value();
      Selection selection = document.dataset().selection().limited(options.limit());
      int threads = document.run().effectiveThreads();
      return new Scenario(
          document.name().text(),
          document.seed(),
          document.dataset().provider(),
          selection,
          models,
          document.run().batch(),
          threads,
          assembled,
          List.copyOf(document.metrics()),
          document.profile(),
          document.save(),
          expectations,
          document.accept().stream().map(AcceptedFlag::code).toList(),
          document.checks(),
          new EffectiveConfiguration(bound.plain())
              .withSelection(selection)
              .withThreads(threads)
              .withReceived(steps)
              .asMap(),
          reading.places());
    }
  }
}
