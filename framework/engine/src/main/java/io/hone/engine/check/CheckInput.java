package io.hone.engine.check;

import io.hone.api.data.Dataset;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import io.hone.api.run.Setting;
import io.hone.engine.check.CheckedModel.Twin;
import io.hone.scenario.Scenario;
import java.util.List;
import java.util.Optional;

/**
 * What the self-checks look at.
 *
 * @param models under test
 * @param twin the model that the scenario names to compare with
 * @param samples how many of the data set's images are run
 * @param firstImages some of them
 */
public record CheckInput(
    Scenario scenario,
    Dataset dataset,
    long samples,
    List<ModelUnderTest> models,
    Optional<Twin> twin,
    Setting setting,
    Tensor firstImages) {
  /**
   * A model under test.
   *
   * @param clean the name of the data set's own images, as this model sees them
   */
  public record ModelUnderTest(String clean, Classifier classifier, ModelCard card) {}
}
