package io.hone.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

import io.hone.api.BadInputException;
import io.hone.api.run.Progress;
import io.hone.api.run.RunCancelledException;
import io.hone.engine.RunOptions;
import io.hone.engine.RunResult;
import io.hone.engine.ScenarioRunner;
import io.hone.engine.context.Cancellation;
import io.hone.engine.context.RunListener;
import io.hone.engine.context.Silence;
import io.hone.engine.model.ModelLibrary;
import io.hone.engine.results.ResultFolder;
import io.hone.engine.results.ResultFolder.Existing;
import io.hone.engine.results.Status;
import io.hone.engine.step.StepTypes;
import io.hone.host.component.ComponentRegistry;
import io.hone.onnx.graph.Dimension;
import io.hone.onnxruntime.TinyModels.Ending;
import io.hone.onnxruntime.session.OpenHandles;
import io.hone.scenario.Scenario;
import io.hone.scenario.ScenarioOptions;
import io.hone.scenario.reading.ScenarioReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing stays open in ONNX Runtime, of data sets and of threads, however a run ends. */
class FreedAfterFailureTest {
  private static final int ROUNDS = 2;
  private static final long LONGEST_END = 10_000;

  private final FailingComponents components = new FailingComponents();
  private final ComponentRegistry registry = components.registry();

  @TempDir Path folder;

  @BeforeEach
  void writeModels() throws IOException {
    TinyModels.darkOrBright(folder);
    Files.createDirectories(folder.resolve("frozen"));
    TinyModels.classifier(folder.resolve("frozen"), Dimension.of(4), Ending.SOFTMAX);
    TinyModels.withoutGradient(folder);
    TinyModels.nanForWhite(folder);
    TinyModels.failingForWhite(folder);
    TinyModels.transformer(folder, 1);
    Files.writeString(folder.resolve("text.onnx"), "weights: none, really");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{label: 9}                  | dark-or-bright    | {}                                   | {}             | has label 9",
        "{broken: 5, checked: true}  | dark-or-bright    | {}                                   | {}             | image 5 is damaged",
        "{broken: 5}                 | dark-or-bright    | {}                                   | {}             | image 5 is damaged",
        "{side: 7}                   | dark-or-bright    | {}                                   | {}             | holds no images of 2x7x7",
        "{}                          | text              | {}                                   | {}             | not an ONNX model",
        "{}                          | transformer       | {}                                   | {}             | image-to-image",
        "{channels: 3, side: 8}      | no-gradient       | {}                                   | {}             | needs gradients",
        "{}                          | dark-or-bright    | {fault: refuse}                      | {}             | not today",
        "{}                          | frozen/classifier | {fault: refuse}                      | {}             | not today",
        "{}                          | dark-or-bright    | {second: no-gradient.onnx, fault: refuse} | {}        | not today",
        "{}                          | dark-or-bright    | {second: text.onnx}                  | {}             | not an ONNX model",
        "{}                          | dark-or-bright    | {}                                   | {fault: refuse} | not today",
      })
  void ofWhatIsRefused(String dataset, String model, String attack, String improver, String message)
      throws IOException {
    Scenario scenario = scenario(dataset, model, attack, improver);
    assertThatNothingStaysOpen(
        () -> {
          assertThatThrownBy(() -> validate(scenario))
              .isInstanceOf(BadInputException.class)
              .hasMessageContaining(message);
          assertThatThrownBy(() -> run(scenario, new Cancellation()))
              .isInstanceOf(BadInputException.class)
              .hasMessageContaining(message);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}           | dark-or-bright    | {fault: throw}            | {}                        | out of ideas",
        "{}           | frozen/classifier | {fault: throw}            | {}                        | out of ideas",
        "{}           | dark-or-bright    | {fault: run-out-of-stack} | {}                        | out of stack",
        "{}           | dark-or-bright    | {fault: write-nan}        | {}                        | wrote NaN",
        "{}           | dark-or-bright    | {}                        | {fault: throw}            | out of ideas",
        "{}           | dark-or-bright    | {}                        | {fault: run-out-of-stack} | out of stack",
        "{}           | dark-or-bright    | {}                        | {fault: write-nan}        | wrote NaN",
        "{broken: 8}  | dark-or-bright    | {}                        | {}                        | image 8 is damaged",
        "{}           | nan-for-white     | {}                        | {}                        | returns NaN",
        "{}           | failing-for-white | {}                        | {}                        | failed while it ran",
      })
  void ofWhatFails(String dataset, String model, String attack, String improver, String message)
      throws IOException {
    Scenario scenario = scenario(dataset, model, attack, improver);
    assertThatNothingStaysOpen(
        () -> {
          validate(scenario);
          RunResult failed = run(scenario, new Cancellation());
          assertThat(failed.status()).isEqualTo(Status.FAILED);
          assertThat(failed.summary().error()).contains(message);
        });
  }

  @Test
  void ofRunsThatEndOrAreCancelled() throws IOException {
    Scenario scenario = scenario("{}", "dark-or-bright", "{}", "{}");
    assertThatNothingStaysOpen(
        () -> {
          Cancellation cancelled = new Cancellation();
          cancelled.cancel();
          assertThatThrownBy(() -> run(scenario, cancelled))
              .isInstanceOf(RunCancelledException.class);
          assertThat(runUntilSomethingIsDone(scenario).status()).isEqualTo(Status.CANCELLED);
          assertThat(run(scenario, new Cancellation()).status()).isEqualTo(Status.COMPLETED);
        });
  }

  private interface Work {
    void run() throws IOException;
  }

  private void assertThatNothingStaysOpen(Work work) throws IOException {
    work.run();
    long handles = OpenHandles.count();
    for (int round = 0; round < ROUNDS; round++) {
      work.run();
    }
    assertThat(OpenHandles.count()).as("open in ONNX Runtime").isEqualTo(handles);
    assertThat(components.openDataSets()).as("open data sets").isZero();
    assertThat(workersLeft()).as("threads of runs").isEmpty();
  }

  /** Returns the threads of runs that do not end. */
  private static List<Thread> workersLeft() {
    List<Thread> left = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("hone-")) {
        join(thread);
        if (thread.isAlive()) {
          left.add(thread);
        }
      }
    }
    return left;
  }

  private static void join(Thread thread) {
    try {
      thread.join(LONGEST_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void validate(Scenario scenario) {
    try (ModelLibrary models = new ModelLibrary(registry)) {
      new ScenarioRunner(models).validate(scenario, options(new Cancellation(), Silence.INSTANCE));
    }
  }

  private RunResult run(Scenario scenario, Cancellation cancellation) throws IOException {
    return run(scenario, options(cancellation, Silence.INSTANCE));
  }

  private RunResult run(Scenario scenario, RunOptions options) throws IOException {
    try (ModelLibrary models = new ModelLibrary(registry)) {
      return new ScenarioRunner(models).run(scenario, options);
    }
  }

  private RunResult runUntilSomethingIsDone(Scenario scenario) throws IOException {
    Cancellation cancellation = new Cancellation();
    Progress progress = mock();
    willAnswer(
            call -> {
              cancellation.cancel();
              return null;
            })
        .given(progress)
        .advance(anyLong());
    RunListener cancelling = mock();
    given(cancelling.progress(any(), anyLong())).willReturn(progress);
    return run(scenario, options(cancellation, cancelling));
  }

  private RunOptions options(Cancellation cancellation, RunListener listener) {
    return new RunOptions(
        new ResultFolder(folder.resolve("out")),
        Existing.REPLACE,
        folder.resolve("data"),
        listener,
        cancellation,
        new SimpleMeterRegistry(),
        Map.of());
  }

  private Scenario scenario(String dataset, String model, String attack, String improver)
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("scenario.yaml"),
            """
            hone: 1
            name: unhappy
            dataset: {use: shades, with: %s}
            model: {card: %s.onnx}
            run: {batch: 4, threads: 2}
            steps:
              - {id: descent, attack: {use: descent, with: %s}}
              - {id: retreat, improve: {use: retreat, with: %s}}
            """
                .formatted(dataset, model, attack, improver));
    return new ScenarioReader(registry, StepTypes.installed().grammars(), folder)
        .read(file, ScenarioOptions.of());
  }
}
