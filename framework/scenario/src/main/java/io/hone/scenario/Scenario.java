package io.hone.scenario;

import io.hone.api.DatasetProvider;
import io.hone.api.ModelBackend;
import io.hone.api.metric.Metric;
import io.hone.api.model.ModelReference;
import io.hone.host.component.BoundComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A scenario that was read, checked and bound: ready to run.
 *
 * @param name of the run, and of its folder
 * @param seed of all random streams
 * @param dataset where the images come from
 * @param selection which of its images are used
 * @param models what is attacked, at least one; several where a matrix varies the model
 * @param batch images per batch
 * @param threads shards a batch is worked on in parallel; at least 1
 * @param steps entries in an order in which each is after what it receives
 * @param metrics what is measured
 * @param profile ordinary images, for metrics that compare with what neurons answer to them
 * @param save which images are kept
 * @param expectations what the run must reach
 * @param accepted codes of the flags of trust that expectations hold in spite of
 * @param check which self-checks are made of the figures
 * @param effective the whole scenario as plain values, defaults filled in, for the results
 * @param places where things are in the file, for errors that show only later
 */
public record Scenario(
    String name,
    long seed,
    BoundComponent<DatasetProvider<Record>> dataset,
    Selection selection,
    List<TestedModel> models,
    int batch,
    int threads,
    List<Step> steps,
    List<BoundComponent<Metric<Record>>> metrics,
    Optional<DatasetChoice> profile,
    Save save,
    List<Expectation> expectations,
    List<String> accepted,
    CheckChoice check,
    Map<String, Object> effective,
    ScenarioPlaces places) {

  /** Returns where a metric of this scenario is in the file, as {@link ScenarioPlaces} takes it. */
  public String place(BoundComponent<Metric<Record>> metric) {
    return "metrics." + metrics.indexOf(metric);
  }

  /**
   * The model under test and what runs it.
   *
   * @param card folder with a card, or bare model file
   * @param backend empty: the first installed backend that accepts the card, with its defaults
   */
  public record ModelChoice(
      ModelReference card, Optional<BoundComponent<ModelBackend<Record>>> backend) {}

  /**
   * A model under test, with the results of its own that the data set's images have.
   *
   * @param clean the name of these results
   * @param variant point of the matrix
   * @param choice of the model
   * @param places where things are at its point of the matrix, for errors that show only later
   */
  public record TestedModel(
      String clean, Map<String, Object> variant, ModelChoice choice, ScenarioPlaces places) {
    /** Returns the one model of a scenario that varies none. */
    public static List<TestedModel> only(ModelChoice choice, ScenarioPlaces places) {
      return List.of(new TestedModel(Step.CLEAN, Map.of(), choice, places));
    }
  }

  /** Which images of each entry are written as arrays. */
  public enum Save {
    SUCCESSES,
    NONE,
    ALL
  }
}
