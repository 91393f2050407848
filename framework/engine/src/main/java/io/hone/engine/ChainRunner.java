package io.hone.engine;

import io.hone.api.data.Dataset;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.run.Progress;
import io.hone.engine.context.RunServices;
import io.hone.engine.journal.SampleRange;
import io.hone.engine.progress.RunProgress;
import io.hone.engine.step.FinishedSteps;
import io.hone.engine.step.SampleResult;
import io.hone.scenario.Scenario;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * Runs a scenario's steps for their images, without measuring: where training examples come from.
 */
public final class ChainRunner implements AutoCloseable {
  /**
   * The images of consecutive samples.
   *
   * @param clean images with their samples
   * @param labels true classes
   * @param predictions the model's classes of the clean images
   * @param steps one per step, in the scenario's order
   */
  public record ChainImages(
      ImageBatch clean, int[] labels, int[] predictions, List<StepImages> steps) {}

  /**
   * What one step emitted.
   *
   * @param images row by row the same samples as the clean images
   * @param samples what became of each sample
   */
  public record StepImages(Tensor images, List<SampleResult> samples) {}

  private final PreparedScenario prepared;
  private final RunServices services;

  /**
   * Prepares a scenario.
   *
   * @throws io.hone.api.BadInputException naming what does not fit
   */
  public ChainRunner(Scenario scenario, RunServices services) {
    this.services = services;
    this.prepared = new ScenarioPreparation(scenario, services).prepare();
  }

  /** Returns the model that the steps work against. */
  public Classifier model() {
    return prepared.model().classifier();
  }

  /** Returns the images with their labels; the runner closes them. */
  public Dataset dataset() {
    return prepared.dataset();
  }

  /** Returns the shape of the images. */
  public ImageShape shape() {
    return prepared.dataset().shape();
  }

  /** Returns the data set's names of classes, in the order of the labels; empty if it has none. */
  public List<String> classNames() {
    return prepared.dataset().classNames();
  }

  /** Returns a text that changes with the data, the model and the models that the steps use. */
  public String fingerprint() {
    return prepared.dataset().fingerprint() + " " + services.models().fingerprint();
  }

  /**
   * Runs the steps on every sample.
   *
   * @param use makes something of the images of some samples; called from several threads
   * @return what it made, in the order of the samples
   */
  public <T> List<T> run(String task, Function<ChainImages, T> use) {
    Scenario scenario = prepared.scenario();
    UnitFunction function = new UnitFunction(prepared, services.cancellation());
    UnitPool pool = new UnitPool(scenario.threads(), services.cancellation());
    long steps = Math.max(1, scenario.steps().size());
    try (Progress shown = services.listener().progress(task, prepared.samples() * steps)) {
      RunProgress progress =
          new RunProgress(
              shown,
              scenario.steps(),
              prepared.expectedQueries(),
              prepared.samples(),
              scenario.threads(),
              System::nanoTime);
      return pool.run(
          pool.units(List.of(new SampleRange(0, prepared.samples())), scenario.batch()),
          unit ->
              () ->
                  use.apply(
                      images(function.run(unit, FinishedSteps.NONE, progress.unit(unit.count())))));
    } catch (ExecutionException e) {
      throw UnitPool.thrown(e);
    }
  }

  private static ChainImages images(UnitFunction.UnitResult unit) {
    List<StepImages> steps =
        unit.results().stream()
            .filter(step -> !step.isClean())
            .map(step -> new StepImages(step.images(), step.samples()))
            .toList();
    return new ChainImages(
        unit.inputs().get(0).images(),
        unit.inputs().get(0).labels(),
        unit.inputs().get(0).predictions(),
        steps);
  }

  @Override
  public void close() {
    prepared.close();
  }
}
