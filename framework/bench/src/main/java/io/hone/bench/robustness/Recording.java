package io.hone.bench.robustness;

import io.hone.api.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the script {@code reference_autoattack.py} found: the authors' AutoAttack on one of Hone's
 * models, in one ball, with several seeds.
 *
 * @param model folder of the model in {@code models/}; it begins with the name of its data set
 * @param modelSha256 check sum of its file
 * @param referenceSha256 check sum of AutoAttack's sources
 * @param torch version of PyTorch
 * @param threads that PyTorch computed with
 * @param batch images that AutoAttack attacked at a time
 * @param version of AutoAttack's list of attacks, such as {@code standard}
 * @param norm of the ball: {@code Linf}, {@code L2} or {@code L1}
 * @param epsilon radius of the ball
 * @param count how many images of the test set, from the first
 * @param runs one for each seed
 * @param alone single attacks on every image that is classified correctly
 */
public record Recording(
    String model,
    String modelSha256,
    String referenceSha256,
    String torch,
    int threads,
    int batch,
    String version,
    String norm,
    double epsilon,
    int count,
    List<Run> runs,
    List<Alone> alone) {
  /** The names of the recordings that Hone keeps. */
  public static final List<String> NAMES =
      List.of(
          "mnist-lenet5-linf",
          "mnist-lenet5-l2",
          "mnist-lenet5-l1",
          "cifar10-alexnet-linf",
          "mnist-robust-linf",
          "mnist-robust-l2",
          "mnist-robust-l1",
          "cifar10-robust-linf",
          "cifar10-robust-l2",
          "cifar10-robust-l1");

  private static final JsonMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  /**
   * One evaluation.
   *
   * @param seed of its random numbers
   * @param robustAccuracy share of the images that are left in the end
   * @param seconds that its attacks took
   * @param stages its attacks, in order
   * @param ended images by what ended them, as {@link Evaluation} names it
   */
  public record Run(
      long seed,
      double robustAccuracy,
      double seconds,
      List<Stage> stages,
      Map<String, List<Integer>> ended) {}

  /**
   * One attack of an evaluation, on what the attacks before it left.
   *
   * @param name of the attack
   * @param attacked how many images it got
   * @param broken how many of these it broke
   * @param seconds that it took
   * @param largestDistance of an image that it broke, in the ball's norm
   */
  public record Stage(
      String name, int attacked, int broken, double seconds, double largestDistance) {}

  /**
   * One attack on every image that is classified correctly.
   *
   * @param seed of its random numbers
   * @param count how many images of the test set, from the first
   * @param name of the attack
   * @param attacked how many images it got
   * @param broken how many of these it broke
   * @param seconds that it took
   * @param largestDistance of an image that it broke, in the ball's norm
   * @param robust images that it did not break
   */
  public record Alone(
      long seed,
      int count,
      String name,
      int attacked,
      int broken,
      double seconds,
      double largestDistance,
      List<Integer> robust) {}

  /**
   * Returns a recording that Hone keeps.
   *
   * @throws BadInputException if it keeps none of this name
   */
  public static Recording named(String name) throws IOException {
    try (InputStream file = Recording.class.getResourceAsStream(name + ".json")) {
      if (file == null || !NAMES.contains(name)) {
        throw new BadInputException(
            "no recording of AutoAttack is named " + name + "; choose of " + NAMES);
      }
      return MAPPER.readValue(file, Recording.class);
    }
  }

  /** Returns the evaluations, one for each seed. */
  public List<Evaluation> evaluations() {
    return runs.stream().map(this::evaluation).toList();
  }

  private Evaluation evaluation(Run run) {
    String[] endings = new String[count];
    run.ended().forEach((ending, images) -> images.forEach(image -> endings[image] = ending));
    return new Evaluation(run.seed(), run.seconds(), List.of(endings));
  }

  /** Returns the seeds, the least first. */
  public List<Long> seeds() {
    return List.copyOf(new TreeSet<>(runs.stream().map(Run::seed).toList()));
  }

  /** Returns the id of the model's data set. */
  public String dataset() {
    return model.substring(0, model.indexOf('-'));
  }

  /** Returns the ball's norm as a scenario writes it. */
  public String normInScenario() {
    return norm.toLowerCase(Locale.ROOT);
  }
}
