package io.hone.scenario;

import io.hone.api.train.Trainer;
import io.hone.host.component.BoundComponent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A training scenario that was read, checked and bound: ready to run.
 *
 * @param name of the model
 * @param seed of everything random
 * @param train what trains the model
 * @param data what it is trained on
 * @param validation what the training is stopped by
 * @param test a data set on which figures are measured in the end
 * @param batch images per batch of the chain
 * @param threads shards a batch of the chain is worked on in parallel; at least 1
 * @param out absolute folder of the model; may not exist yet
 * @param effective the whole scenario as plain values, defaults filled in
 * @param places where things are in the file, for errors that show only later
 */
public record TrainingScenario(
    String name,
    long seed,
    TrainerChoice train,
    Data data,
    Validation validation,
    Optional<DatasetChoice> test,
    int batch,
    int threads,
    Path out,
    Map<String, Object> effective,
    ScenarioPlaces places) {

  /** Returns the trainer with its parameters. */
  public BoundComponent<Trainer<Record>> trainer() {
    return train.trainer();
  }

  /**
   * What a model is trained on.
   *
   * @param dataset where the images come from
   * @param model that the steps work against; there if there are steps
   * @param goal of the attacks
   * @param steps attacks and improvers that make the pairs, each after what it receives; may be
   *     empty
   */
  public record Data(
      DatasetChoice dataset, Optional<Scenario.ModelChoice> model, Goal goal, List<Step> steps) {}
}
