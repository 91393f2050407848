package io.hone.engine;

import io.hone.api.run.Progress;
import io.hone.engine.context.Cancellation;
import io.hone.engine.context.RunListener;
import io.hone.engine.model.ModelLibrary;
import io.hone.engine.results.ResultFolder;
import io.hone.engine.results.ResultFolder.Existing;
import io.hone.engine.results.StepSummary;
import io.hone.engine.step.StepTypes;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.figure.FigureTree;
import io.hone.scenario.Scenario;
import io.hone.scenario.ScenarioOptions;
import io.hone.scenario.reading.ScenarioReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Runs scenarios of {@link EngineComponents} in a folder of a test. */
public final class EngineFixture {
  public static final String CHAIN =
      """
      hone: 1
      name: chain
      seed: 3
      dataset: {use: noise, with: {size: 100}}
      model: {card: linear.model}
      run: {batch: 16, threads: 2}
      steps:
        - {id: push, attack: {use: push}}
        - {id: restore, improve: {use: restore}}
        - {id: darken, defend: {use: darken}, of: [clean, push, restore]}
      save: all
      """;

  final Path folder;
  final List<String> states = Collections.synchronizedList(new ArrayList<>());
  final List<String> notices = Collections.synchronizedList(new ArrayList<>());

  public EngineFixture(Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(folder.resolve("linear.model"), "linear");
  }

  public Scenario scenario(String yaml, String... overrides) throws IOException {
    Path file = folder.resolve("scenario.yaml");
    Files.writeString(file, yaml);
    return new ScenarioReader(EngineComponents.registry(), StepTypes.installed().grammars(), folder)
        .read(file, ScenarioOptions.of(overrides));
  }

  public RunResult run(Scenario scenario, String out) throws IOException {
    return run(scenario, out, Existing.REFUSE, new Cancellation(), units -> {});
  }

  public RunResult run(
      Scenario scenario,
      String out,
      Existing existing,
      Cancellation cancellation,
      LongConsumer advanced)
      throws IOException {
    ComponentRegistry registry = EngineComponents.registry();
    try (ModelLibrary models = new ModelLibrary(registry)) {
      return new ScenarioRunner(models)
          .run(scenario, options(out, existing, cancellation, advanced));
    }
  }

  /** Returns an entry of a run by its name. */
  public static StepSummary step(RunResult result, String name) {
    return result.summary().steps().stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Returns a figure of an entry; NaN if the entry has none. */
  public static double figure(RunResult result, String name, String path) {
    return FigureTree.find(step(result, name).metrics(), path).orElse(Double.NaN);
  }

  RunOptions options(String out, MeterRegistry meters) {
    return options(out, Existing.REFUSE, new Cancellation(), units -> {}, meters);
  }

  RunOptions options(
      String out, Existing existing, Cancellation cancellation, LongConsumer advanced) {
    return options(out, existing, cancellation, advanced, new SimpleMeterRegistry());
  }

  private RunOptions options(
      String out,
      Existing existing,
      Cancellation cancellation,
      LongConsumer advanced,
      MeterRegistry meters) {
    return new RunOptions(
        new ResultFolder(folder.resolve(out)),
        existing,
        folder.resolve("data"),
        new RunListener() {
          @Override
          public Progress progress(String task, long total) {
            return new Progress() {
              @Override
              public void advance(long units) {
                advanced.accept(units);
              }

              @Override
              public void describe(String state) {
                states.add(state);
              }

              @Override
              public void close() {}
            };
          }

          @Override
          public void notice(String message) {
            notices.add(message);
          }
        },
        cancellation,
        meters,
        Map.of());
  }
}
