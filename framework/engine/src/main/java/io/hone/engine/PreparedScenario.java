package io.hone.engine;

import io.hone.api.data.Dataset;
import io.hone.api.data.Tensor;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Metric;
import io.hone.api.metric.StepKind;
import io.hone.api.run.Setting;
import io.hone.engine.measure.StepFold;
import io.hone.engine.step.StepWorker;
import io.hone.engine.step.TypedStep;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.Scenario;
import io.hone.scenario.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A scenario whose data, models and components are open and were found to fit together; closing it
 * closes its data.
 *
 * @param samples how many of the data set's images are run
 * @param models under test, one per model of the scenario
 * @param workers one per step
 * @param firstImages some of the data set's images
 * @param twin the model that the self-checks compare with, where the scenario names one
 */
record PreparedScenario(
    Scenario scenario,
    Dataset dataset,
    long samples,
    List<PreparedModel> models,
    Setting setting,
    List<StepWorker> workers,
    Tensor firstImages,
    Optional<PreparedTwin> twin)
    implements AutoCloseable {

  /** Returns the model under test; the first where there are several. */
  PreparedModel model() {
    return models.get(0);
  }

  /**
   * Returns the names of the model's classes: its card's, else the data set's where there are as
   * many; empty where nobody names them.
   */
  List<String> classNames() {
    List<String> ofModel = model().card().output().classNames();
    List<String> ofData = dataset.classNames();
    if (!ofModel.isEmpty()) {
      return ofModel;
    }
    return ofData.size() == model().classifier().classes() ? ofData : List.of();
  }

  /** Returns an empty fold for the clean images of each model, and for each step. */
  List<StepFold> emptyFolds() {
    List<StepFold> folds = new ArrayList<>();
    models.forEach(model -> folds.add(emptyFold(StepKind.CLEAN, Map.of())));
    for (Step step : scenario.steps()) {
      folds.add(emptyFold(step.kind(), TypedStep.of(step).measures()));
    }
    return folds;
  }

  /** Returns how many queries a sample takes at each step, where that is known beforehand. */
  List<OptionalLong> expectedQueries() {
    return scenario.steps().stream()
        .map(step -> TypedStep.of(step).expectedQueries(setting))
        .toList();
  }

  private StepFold emptyFold(StepKind kind, Map<String, Accumulator> ofTheKind) {
    Map<String, Accumulator> accumulators = new LinkedHashMap<>(ofTheKind);
    for (BoundComponent<Metric<Record>> metric : scenario.metrics()) {
      if (metric.instance().measures(kind)) {
        accumulators.put(
            metric.descriptor().id(), metric.instance().start(metric.parameters(), setting));
      }
    }
    return new StepFold(kind, accumulators);
  }

  @Override
  public void close() {
    dataset.close();
  }
}
