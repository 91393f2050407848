package io.hone.engine.check;

import io.hone.api.run.Progress;
import io.hone.engine.RunOptions;
import io.hone.engine.RunResult;
import io.hone.engine.ScenarioRunner;
import io.hone.engine.context.Cancellation;
import io.hone.engine.context.RunListener;
import io.hone.engine.model.ModelLibrary;
import io.hone.engine.results.CheckResult;
import io.hone.engine.results.Distrust;
import io.hone.engine.results.ResultFolder;
import io.hone.engine.results.ResultFolder.Existing;
import io.hone.engine.step.StepTypes;
import io.hone.host.component.ComponentRegistry;
import io.hone.scenario.Scenario;
import io.hone.scenario.ScenarioOptions;
import io.hone.scenario.reading.ScenarioReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Runs scenarios with self-checks on {@link CheckComponents}. */
final class CheckFixture {
  static final String SCENARIO =
      """
      hone: 1
      name: checked
      seed: 3
      dataset: {use: points}
      model: {card: model.exact}
      run: {batch: 16, threads: 2}
      steps:
        - {id: walk, attack: {use: walk}}
      save: none
      check: {samples: 30}
      """;

  final Path folder;
  final List<String> notices = Collections.synchronizedList(new ArrayList<>());
  final List<String> states = Collections.synchronizedList(new ArrayList<>());
  private final ComponentRegistry registry = CheckComponents.registry();

  CheckFixture(Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(folder.resolve("model.exact"), "exact");
    Files.writeString(folder.resolve("twin.exact"), "another");
  }

  Scenario read(String yaml, ScenarioOptions options) throws IOException {
    Path file = Files.writeString(folder.resolve("scenario.yaml"), yaml);
    return new ScenarioReader(registry, StepTypes.installed().grammars(), folder)
        .read(file, options);
  }

  RunResult run(String yaml, String out, String... overrides) throws IOException {
    return run(yaml, out, Existing.REFUSE, new Cancellation(), overrides);
  }

  RunResult run(
      String yaml, String out, Existing existing, Cancellation cancellation, String... overrides)
      throws IOException {
    return run(read(yaml, ScenarioOptions.of(overrides)), out, existing, cancellation);
  }

  RunResult run(Scenario scenario, String out, Existing existing, Cancellation cancellation)
      throws IOException {
    try (ModelLibrary models = new ModelLibrary(registry)) {
      return new ScenarioRunner(models)
          .run(
              scenario,
              new RunOptions(
                  new ResultFolder(folder.resolve(out)),
                  existing,
                  folder.resolve("data"),
                  new Listener(cancellation),
                  cancellation,
                  new SimpleMeterRegistry(),
                  Map.of()));
    }
  }

  /** Returns what a check found of an entry. */
  static CheckResult found(RunResult result, String check, String entry) {
    return result.summary().checks().stream()
        .filter(found -> found.id().equals(check) && found.entry().equals(entry))
        .findFirst()
        .orElseThrow();
  }

  /** Returns the checks that have a state. */
  static List<String> checks(RunResult result, String state) {
    return result.summary().checks().stream()
        .filter(found -> found.state().equals(state))
        .map(CheckResult::id)
        .toList();
  }

  /** Returns the flags of an entry. */
  static List<String> flags(RunResult result, String entry) {
    return result.summary().steps().stream()
        .filter(step -> step.name().equals(entry))
        .flatMap(step -> step.trust().stream())
        .map(Distrust::code)
        .toList();
  }

  /** Cancels where a check begins, if a test wants that. */
  private final class Listener implements RunListener {
    private final Cancellation cancellation;

    Listener(Cancellation cancellation) {
      this.cancellation = cancellation;
    }

    @Override
    public Progress progress(String task, long total) {
      return new Progress() {
        @Override
        public void advance(long units) {}

        @Override
        public void describe(String state) {
          states.add(state);
          if (state.equals(cancelAt)) {
            cancellation.cancel();
          }
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void notice(String message) {
      notices.add(message);
    }
  }

  private String cancelAt = "";

  /** Cancels the run when a state is shown. */
  void cancelAt(String state) {
    cancelAt = state;
  }
}
