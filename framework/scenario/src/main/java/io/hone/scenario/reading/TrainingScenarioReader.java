package io.hone.scenario.reading;

import io.hone.api.metric.StepKind;
import io.hone.host.component.Article;
import io.hone.host.component.ComponentRegistry;
import io.hone.scenario.DatasetChoice;
import io.hone.scenario.ScenarioOptions;
import io.hone.scenario.ScenarioPlaces;
import io.hone.scenario.Step;
import io.hone.scenario.TrainingScenario;
import io.hone.scenario.binding.Bound;
import io.hone.scenario.binding.RecordShape;
import io.hone.scenario.diagnostics.Diagnostics;
import io.hone.scenario.document.ModelSection;
import io.hone.scenario.document.ScenarioFormat;
import io.hone.scenario.document.StepGrammars;
import io.hone.scenario.document.TrainingDocument;
import io.hone.scenario.yaml.YamlMapping;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads training scenarios, with all errors at once. */
public final class TrainingScenarioReader {
  private static final RecordShape<TrainingDocument> SHAPE =
      RecordShape.ofSection(TrainingDocument.class, "a training scenario");

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
  public TrainingScenarioReader(
      ComponentRegistry registry, StepGrammars grammars, Path distribution) {
    this.format = ScenarioFormat.training(registry, grammars);
    this.grammars = grammars;
    this.distribution = distribution;
  }

  /**
   * Returns whether a file is a training scenario: it trains, and names no data set to attack.
   *
   * @throws io.hone.api.BadInputException if the file cannot be read
   */
  public static boolean isTraining(Path file) {
    return YamlReader.read(file) instanceof YamlMapping keys
        && keys.get("train").isPresent()
        && keys.get("dataset").isEmpty();
  }

  /**
   * Reads a training scenario: one training, or with a matrix one for each of its points.
   *
   * <p>A relative {@code out} means a folder below the distribution where the scenario itself is in
   * the distribution, else one below the scenario's own folder; one that exists beside the scenario
   * comes first. With a matrix each model has a folder below it.
   *
   * @return at least one training, in the order of the matrix, the last axis varying fastest
   * @throws io.hone.api.BadInputException if the file cannot be read; a {@link
   *     io.hone.scenario.diagnostics.ScenarioException} holding everything that is wrong with it
   */
  public List<TrainingScenario> read(Path file, ScenarioOptions options) {
    ScenarioFile reading = new ScenarioFile(file, options, format, distribution);
    reading.refuseOther("dataset", "train", "a scenario without training, which is for hone run");
    Diagnostics diagnostics = reading.diagnostics();
    Optional<YamlNode> written = reading.at("data", "steps");
    List<StepOutline> steps = new OutlineReader(grammars, diagnostics).read(written);
    refuseUntrainable(steps, diagnostics);
    List<Axis> axes =
        new AxisReader(new TrainingAxisRule(), diagnostics).read(reading.at("matrix"));
    new OptionApplier(diagnostics).refuseVaried(options, axes);
    List<Map<Axis, Axis.Value>> points = Axis.points(axes, Axis::values);
    // The first point tells what is wrong everywhere, and the others what is wrong there alone.
    List<Optional<Bound<TrainingDocument>>> bound = new ArrayList<>();
    for (Map<Axis, Axis.Value> point : points) {
      if (bound.isEmpty() || diagnostics.isEmpty()) {
        bound.add(reading.bind(SHAPE, point));
      }
    }
    if (!steps.isEmpty() && reading.at("data", "model").isEmpty()) {
      diagnostics.add(
          written.orElseThrow().place(),
          "the steps need a model to work against",
          "write data: {model: {card: ...}}");
    }
    Optional<Path> out = bound.get(0).flatMap(document -> out(document.value().out(), reading));
    diagnostics.throwIfAny();

    List<TrainingScenario> trainings = new ArrayList<>();
    for (int index = 0; index < points.size(); index++) {
      trainings.add(
          training(
              reading,
              points.get(index),
              bound.get(index).orElseThrow(),
              steps,
              out.orElseThrow(),
              options));
    }
    diagnostics.throwIfAny();
    return trainings;
  }

  /** Returns the name of a point, such as {@code beta-0.002_seed-1}, fit for names of folders. */
  private static String variant(Map<Axis, Axis.Value> point) {
    return point.entrySet().stream()
        .map(choice -> choice.getKey().label() + "-" + choice.getValue().label())
        .collect(Collectors.joining("_"));
  }

  private TrainingScenario training(
      ScenarioFile reading,
      Map<Axis, Axis.Value> point,
      Bound<TrainingDocument> bound,
      List<StepOutline> steps,
      Path out,
      ScenarioOptions options) {
    TrainingDocument document = bound.value();
    ScenarioPlaces places = reading.places(point);
    List<Step> assembled =
        new StepAssembler(
                at ->
                    Optional.of(
                        new StepAssembler.Sections(
                            document.data().goal(), document.data().steps(), places.below("data"))),
                reading.diagnostics())
            .assemble(
                new ChainPlanner(grammars, List.of(), reading.diagnostics()).plan(steps).entries());
    DatasetChoice dataset =
        new DatasetChoice(
            document.data().dataset().provider(),
            document.data().dataset().selection().limited(options.limit()));
    EffectiveConfiguration effective = new EffectiveConfiguration(bound.plain());
    String name = document.name().text();
    return new TrainingScenario(
        point.isEmpty() ? name : name + "_" + variant(point),
        document.seed(),
        document.train(),
        new TrainingScenario.Data(
            dataset,
            document.data().model().map(ModelSection::choice),
            document.data().goal(),
            assembled),
        document.validation(),
        document.test(),
        document.run().batch(),
        document.run().effectiveThreads(),
        point.isEmpty() ? out : out.resolve(variant(point)),
        effective
            .with(
                "data",
                effective.part("data").withSelection(dataset.selection()).withReceived(steps))
            .withThreads(document.run().effectiveThreads())
            .without("matrix")
            .asMap(),
        places);
  }

  private void refuseUntrainable(List<StepOutline> steps, Diagnostics diagnostics) {
    for (StepOutline step : steps) {
      if (!step.kind().has(StepKind.Trait.PERTURBS)) {
        diagnostics.add(
            step.place(),
            "training pairs are made by "
                + grammars.all(kind -> kind.has(StepKind.Trait.PERTURBS))
                + ", but '"
                + step.id()
                + "' is "
                + Article.with(step.grammar().noun()),
            "remove it");
      }
    }
  }

  private Optional<Path> out(String text, ScenarioFile reading) {
    Path folder = reading.paths().folder();
    Path base =
        folder.startsWith(reading.paths().distribution()) ? reading.paths().distribution() : folder;
    try {
      Path beside = folder.resolve(text).normalize();
      Path out = Files.exists(beside) ? beside : base.resolve(text).normalize();
      if (!text.isBlank() && !Files.isRegularFile(out)) {
        return Optional.of(out);
      }
    } catch (InvalidPathException e) {
      // Told below, as a blank path is.
    }
    reading
        .diagnostics()
        .add(reading.at("out").orElseThrow().place(), "'out' must be a folder, not '" + text + "'");
    return Optional.empty();
  }
}
