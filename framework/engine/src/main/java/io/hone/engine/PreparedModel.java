package io.hone.engine;

import io.hone.api.metric.Metric;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.engine.activation.ObservedLayers;
import io.hone.engine.data.LabelSurvey;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.Scenario.TestedModel;
import io.hone.scenario.Step;
import java.util.List;
import java.util.Optional;

/**
 * A model under test that is open and was found to fit the data.
 *
 * @param tested as the scenario names it
 * @param backend id of what runs it
 * @param device that the model runs on, such as {@code cpu}
 * @param labels what the data set's labels tell of it
 * @param inside the layers that metrics look at; empty if no metric looks inside
 * @param run to which flags of trust of this model are told
 */
record PreparedModel(
    TestedModel tested,
    ModelCard card,
    Classifier classifier,
    String backend,
    String device,
    LabelSurvey labels,
    Optional<ObservedLayers> inside,
    Run run)
    implements AutoCloseable {
  /** Returns the same model with the layers that metrics look at. */
  PreparedModel with(ObservedLayers layers) {
    return new PreparedModel(
        tested, card, classifier, backend, device, labels, Optional.of(layers), run);
  }

  /** Returns a setting with the layers of this model that a metric looks at. */
  Setting seen(BoundComponent<Metric<Record>> metric, Setting setting) {
    return inside.map(layers -> setting.with(layers.of(metric.descriptor().id()))).orElse(setting);
  }

  /** Returns the one of some models that a step works against. */
  static PreparedModel of(Step step, List<PreparedModel> models) {
    return models.stream()
        .filter(model -> model.clean().equals(step.clean()))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    inside.ifPresent(ObservedLayers::close);
  }

  /** Returns the name of the data set's own images, as this model sees them. */
  String clean() {
    return tested.clean();
  }
}
