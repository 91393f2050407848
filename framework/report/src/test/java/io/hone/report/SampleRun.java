package io.hone.report;

import io.hone.api.data.ImageShape;
import io.hone.api.geometry.Pixels;
import io.hone.engine.results.CheckResult;
import io.hone.engine.results.ClassSummary;
import io.hone.engine.results.Distrust;
import io.hone.engine.results.Gallery;
import io.hone.engine.results.RateInterval;
import io.hone.engine.results.Received;
import io.hone.engine.results.StepStatistics;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import io.hone.engine.results.Summary.ExpectationResult;
import io.hone.engine.results.TargetSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Runs as Hone leaves them, with figures of the size that LeNet-5 and FGSM give on MNIST. */
final class SampleRun {
  static final ImageShape DIGIT = new ImageShape(1, 28, 28);
  static final ImageShape COLOUR = new ImageShape(3, 32, 32);

  private SampleRun() {}

  /** The paper's chain: FGSM 9 to 4, two ways to improve it, recovery. */
  static Summary chain() {
    return summary("mnist-fgsm-improve-recover", "completed", null, chainSteps());
  }

  static List<StepSummary> chainSteps() {
    return List.of(
        step("clean", null, "clean", "", 1009, 1009, Map.of("accuracy", 0.9851337958374629)),
        step(
            "fgsm",
            "clean",
            "attack",
            "fgsm",
            1009,
            994,
            attack(0.9778672032193159, 0.0208126858, 771.5, 9.3871, 0.3, 0)),
        step(
            "greedy",
            "fgsm",
            "improve",
            "greedy",
            972,
            972,
            improve(1.0, 106.47, 3.488, 0.8621, 0.6284, 198.3)),
        step(
            "learned",
            "fgsm",
            "improve",
            "autoencoder",
            972,
            972,
            improve(1.0, 168.9, 4.385, 0.7812, 0.5321, 3.04)),
        step(
            "finish",
            "learned",
            "improve",
            "greedy",
            972,
            972,
            improve(1.0, 104.02, 3.442, 0.8653, 0.6329, 51.77)),
        step("recover@clean", "clean", "defend", "autoencoder", 1009, 1009, defend(0.98216, null)),
        step("recover@fgsm", "fgsm", "defend", "autoencoder", 1009, 1009, defend(0.93162, 0.94547)),
        step(
            "recover@finish",
            "finish",
            "defend",
            "autoencoder+randomization",
            1009,
            1009,
            defend(0.96235, 0.97942)));
  }

  /** The chain whose clean images and attack have intervals, and classes with and without names. */
  static Summary classes() {
    List<StepSummary> steps = new ArrayList<>(chainSteps());
    steps.set(0, steps.get(0).with(statistics(List.of("accuracy"), 10, 100)));
    steps.set(1, steps.get(1).with(statistics(List.of("accuracy", "success_rate"), 10, 100)));
    return summary("classes", "completed", null, steps);
  }

  /** Rates that fall from class to class; the first class has a name. */
  static StepStatistics statistics(List<String> rates, int classes, int samples) {
    List<ClassSummary> found = new ArrayList<>();
    for (int number = 0; number < classes; number++) {
      int count = samples * (classes - number) / (classes + 1);
      Map<String, Object> metrics = new LinkedHashMap<>();
      Map<String, RateInterval> intervals = new LinkedHashMap<>();
      for (String rate : rates) {
        metrics.put(rate, count / (double) samples);
        intervals.put(rate, interval(samples, count));
      }
      found.add(
          new ClassSummary(
              number, number == 0 ? "first <b>" : null, samples, samples - 1, metrics, intervals));
    }
    Map<String, RateInterval> whole = new LinkedHashMap<>();
    rates.forEach(rate -> whole.put(rate, interval((long) classes * samples, samples)));
    return StepStatistics.of(whole, found);
  }

  /** Bounds that are wide enough to be told from the rate. */
  private static RateInterval interval(long samples, long count) {
    double rate = count / (double) samples;
    return new RateInterval(samples, count, Math.max(0, rate - 0.06), Math.min(1, rate + 0.06));
  }

  /** The chain with what its improvers restored after how many queries. */
  static Summary improvers() {
    List<StepSummary> steps = chainSteps();
    restored(steps.get(2), "256", 0.8621, "1", 0.0, "2", 0.01, "4", 0.03, "64", 0.61);
    restored(steps.get(3), "1", 0.0, "2", 0.73, "4", 0.7812);
    restored(steps.get(4), "1", 0.0, "2", 0.73, "4", 0.7812, "64", 0.8653);
    return summary("improvers", "completed", null, steps);
  }

  private static void restored(StepSummary step, Object... sharesByQueries) {
    step.metrics().put("restored_after", ordered(sharesByQueries));
  }

  /** A step improved at several thresholds of the matrix, and an attack at several sizes. */
  static Summary matrix() {
    List<StepSummary> steps = new ArrayList<>(chainSteps().subList(0, 2));
    double[] reductions = {0.9121, 0.8433, 0.7377};
    double[] kept = {0.9804, 0.9897, 0.9917};
    double[] thresholds = {0.93, 0.96, 0.99};
    for (int index = 0; index < thresholds.length; index++) {
      Map<String, Object> metrics =
          improve(1.0, 68 + 60 * index, 2.8 + index, reductions[index], 0.7 - 0.1 * index, 1.2);
      metrics.put("kept_at_threshold", Map.of("mean", kept[index], "sum", 972 * kept[index]));
      steps.add(variant("learned", "fgsm", "improve", "threshold", thresholds[index], metrics));
    }
    String[] epsilons = {"8/255", "16/255", "0.1", "0.2", "0.3"};
    for (int index = 0; index < epsilons.length; index++) {
      Map<String, Object> metrics =
          attack(0.05 + 0.22 * index, 0.95 - 0.2 * index, 640, 2 + index, 0.05 * (index + 1), 0);
      steps.add(variant("sweep", "clean", "attack", "epsilon", epsilons[index], metrics));
    }
    return summary("mnist-matrix", "completed", null, steps);
  }

  /** Two attacks within L-infinity at several sizes, not all the same, and one within L2. */
  static Summary epsilonCurves() {
    List<StepSummary> steps = new ArrayList<>(chainSteps().subList(0, 1));
    steps.addAll(sweep("fgsm", 0.11, "4/255", "8px", "16px", "0.125"));
    steps.addAll(sweep("pgd", 0.2, "4/255", "8/255", "16/255", "64/255"));
    steps.addAll(sweep("pgd-l2", 0.15, "0.5", "1", "1.5"));
    return summary("epsilon-curves", "completed", null, steps);
  }

  private static List<StepSummary> sweep(String id, double gain, String... epsilons) {
    List<StepSummary> steps = new ArrayList<>();
    String axis = id + ".attack.with.epsilon";
    for (int index = 0; index < epsilons.length; index++) {
      double success = gain * (index + 1);
      steps.add(
          new StepSummary(
              id + "[" + axis + "=" + epsilons[index].replace('/', '-') + "]",
              id,
              Received.of("clean"),
              "attack",
              id,
              id.equals("pgd-l2") ? "l2" : "linf",
              "epsilon",
              Map.of(axis, epsilons[index]),
              200,
              197,
              Map.of("misclassified", 3L),
              Map.of(),
              List.of(),
              attack(success, 0.985 * (1 - success), 640, 2 + index, 0.05 * (index + 1), 0)));
    }
    return steps;
  }

  /** An attack whose radius has a name of its own. */
  static StepSummary within(String radius, Map<String, Object> variant) {
    return new StepSummary(
        "far" + variant,
        "far",
        Received.of("clean"),
        "attack",
        "far",
        "l2",
        radius,
        variant,
        200,
        197,
        Map.of(),
        Map.of(),
        List.of(),
        attack(0.5, 0.4, 640, 2, 0.1, 0));
  }

  /** Returns a run with self-checks, and with what its steps come to over every target. */
  static Summary with(Summary run, List<CheckResult> checks, List<TargetSummary> targets) {
    return new Summary(
        run.hone(),
        run.name(),
        run.status(),
        run.error(),
        run.scenario(),
        run.model(),
        run.steps(),
        run.expectations(),
        run.notices(),
        checks,
        targets,
        run.provenance(),
        run.meters());
  }

  static Summary summary(String name, String status, String error, List<StepSummary> steps) {
    return new Summary(
        1,
        name,
        status,
        error,
        scenario(name),
        new LinkedHashMap<>(
            Map.of(
                "name",
                "mnist-lenet5",
                "file",
                "models/mnist-lenet5/model.onnx",
                "sha256",
                "9f2c41d07be5538ab0c86d1e7744ff0ab2c7a1fd20e1b9a6c2f15d3e8c90b7aa")),
        steps,
        List.of(
            new ExpectationResult("greedy.reduction_rate.l0 > 0.7", 0.8621, true),
            new ExpectationResult("recover@finish.recovery_rate >= 0.99", 0.97942, false),
            new ExpectationResult("missing.success_rate > 0", null, false)),
        List.of("mnist-lenet5 ends in Softmax; Hone attacks the logits before it."),
        ordered(
            "hone",
            "0.1.0",
            "seed",
            7,
            "device",
            "cpu",
            "threads",
            2,
            "date",
            "2026-11-21T11:52:08Z",
            "jdk",
            "17.0.15",
            "os",
            "Linux 6.1 amd64"),
        ordered("images_per_second", Map.of("fgsm", 11873.2, "greedy", 512.4)));
  }

  private static Map<String, Object> scenario(String name) {
    return ordered(
        "hone",
        1,
        "name",
        name,
        "dataset",
        ordered(
            "use", "mnist", "with", ordered("split", "test", "classes", List.of(9)), "take", 1009),
        "model",
        ordered("card", "models/mnist-lenet5"),
        "goal",
        ordered("targeted", 4),
        "steps",
        List.of(
            ordered(
                "id",
                "fgsm",
                "attack",
                ordered("use", "fgsm", "with", ordered("epsilon", 0.3, "norm", "linf"))),
            ordered(
                "id", "greedy", "improve", ordered("use", "greedy", "with", ordered("step", 6)))));
  }

  static StepSummary step(
      String name,
      String of,
      String kind,
      String use,
      long samples,
      long attempted,
      Map<String, Object> metrics) {
    Map<String, Long> skipped =
        attempted < samples ? Map.of("misclassified", samples - attempted) : Map.of();
    String id = name.replaceFirst("@.*", "");
    return new StepSummary(
        name, id, of, kind, use, "", Map.of(), samples, attempted, skipped, metrics);
  }

  /** The nearest examples of several entries at a point of the matrix. */
  static StepSummary combination(Map<String, Object> variant, String... of) {
    return new StepSummary(
        "best" + variant,
        "best",
        new Received(List.of(of)),
        "combine",
        "nearest",
        "l2",
        "",
        variant,
        200,
        197,
        Map.of(),
        Map.of(),
        List.of(),
        attack(0.5, 0.4, 640, 2, 0.1, 0));
  }

  /** The nearest examples of several entries. */
  static StepSummary combination(String name, String... of) {
    return new StepSummary(
        name,
        name,
        new Received(List.of(of)),
        "combine",
        "nearest",
        "l2",
        "",
        Map.of(),
        1,
        1,
        Map.of(),
        Map.of(),
        List.of(),
        Map.of());
  }

  static StepSummary variant(
      String id, String of, String kind, String axis, Object value, Map<String, Object> metrics) {
    String name = id + "[" + axis + "=" + value + "]";
    return new StepSummary(
        name, id, of, kind, "fgsm", "", Map.of(axis, value), 972, 972, Map.of(), metrics);
  }

  private static Map<String, Object> attack(
      double success, double accuracy, double l0, double l2, double linf, double reduced) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", accuracy);
    metrics.put("l0", spread(l0));
    metrics.put("l0_pixels", spread(l0));
    metrics.put("l1", spread(l0 * linf));
    metrics.put("l2", spread(l2));
    metrics.put("linf", ordered("max", linf, "mean", linf, "median", linf));
    metrics.put("queries", ordered("forward", 1.0 + reduced, "gradient", 1.0));
    metrics.put("seconds", 0.0837);
    metrics.put("ssim", spread(0.4127));
    metrics.put("success_rate", success);
    metrics.put("success_rate_8bit", success - 0.001);
    return metrics;
  }

  private static Map<String, Object> improve(
      double success, double l0, double l2, double reducedL0, double reducedL2, double queries) {
    Map<String, Object> metrics = attack(success, 0, l0, l2, 0.3, 0);
    metrics.put("queries", ordered("forward", queries, "gradient", 0.0));
    metrics.put("reduction_rate", ordered("l0", reducedL0, "l2", reducedL2, "l0_left_out", 2.0));
    metrics.put("step_reduction_rate", ordered("l0", reducedL0, "l2", reducedL2));
    metrics.put("seconds", 1.934);
    metrics.put(
        "cumulated",
        ordered("seconds", 2.0177, "queries", ordered("forward", queries + 1, "gradient", 1.0)));
    return metrics;
  }

  private static Map<String, Object> defend(double accuracy, Double recovery) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", accuracy);
    metrics.put("clean_accuracy", 0.98216);
    if (recovery != null) {
      metrics.put("recovery_rate", recovery);
    }
    metrics.put("seconds", 0.2231);
    return metrics;
  }

  private static Map<String, Object> spread(double mean) {
    return ordered("max", mean * 1.31, "mean", mean, "median", mean * 0.98);
  }

  static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int index = 0; index < keysAndValues.length; index += 2) {
      map.put((String) keysAndValues[index], keysAndValues[index + 1]);
    }
    return map;
  }

  /**
   * Pictures for {@link #chain()}: eight nines (in colour on a textured ground where the shape has
   * three channels), of which the last one resisted the attack.
   */
  static Gallery gallery(ImageShape shape) {
    List<Gallery.Row> rows = new ArrayList<>();
    for (int sample = 0; sample < 8; sample++) {
      Random random = new Random(sample);
      float[] clean = nine(shape, random);
      float[] signs = new float[clean.length];
      for (int feature = 0; feature < signs.length; feature++) {
        signs[feature] = random.nextBoolean() ? 0.3f : -0.3f;
      }
      float[] attacked = perturbed(clean, signs, random, 1);
      boolean fooled = sample < 7;
      Map<String, Gallery.Picture> pictures = new LinkedHashMap<>();
      pictures.put("clean", new Gallery.Picture(clean, 9, false));
      pictures.put("fgsm", new Gallery.Picture(attacked, fooled ? 4 : 9, fooled));
      if (fooled) {
        pictures.put("greedy", picture(perturbed(clean, signs, random, 0.14)));
        pictures.put("learned", picture(perturbed(clean, signs, random, 0.22)));
        pictures.put("finish", picture(perturbed(clean, signs, random, 0.13)));
        pictures.put("recover@finish", recovered(clean, random, 9));
      }
      pictures.put("recover@clean", recovered(clean, random, 9));
      pictures.put("recover@fgsm", recovered(clean, random, sample == 3 ? 7 : 9));
      rows.add(new Gallery.Row(1000L + 17 * sample, 9, 4, pictures));
    }
    return new Gallery(shape, List.of(), rows);
  }

  private static Gallery.Picture picture(float[] pixels) {
    return new Gallery.Picture(pixels, 4, true);
  }

  private static Gallery.Picture recovered(float[] clean, Random random, int predicted) {
    float[] pixels = new float[clean.length];
    for (int feature = 0; feature < pixels.length; feature++) {
      double blur = clean[feature] > 0 ? 0.12 * random.nextGaussian() : 0;
      pixels[feature] = Pixels.clip(clean[feature] + (float) blur);
    }
    return new Gallery.Picture(pixels, predicted, false);
  }

  private static float[] perturbed(float[] clean, float[] signs, Random random, double share) {
    float[] pixels = clean.clone();
    for (int feature = 0; feature < pixels.length; feature++) {
      if (random.nextDouble() < share) {
        pixels[feature] = Pixels.clip(clean[feature] + signs[feature]);
      }
    }
    return pixels;
  }

  private static float[] nine(ImageShape shape, Random random) {
    float[] features = new float[shape.features()];
    double lean = 0.08 * random.nextGaussian();
    double size = shape.height() / 28.0;
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        double y = row / size - 10;
        double x = column / size - 13.5 + lean * y;
        double ring = Math.abs(Math.hypot(x, y) - 4.2);
        double stem = y > 0 && y < 13 ? Math.abs(x - 4.2) : 9;
        double ink = Pixels.clip(2.2 - Math.min(ring, stem) * 1.3);
        for (int channel = 0; channel < shape.channels(); channel++) {
          double ground =
              shape.channels() == 1 ? 0 : 0.3 + 0.1 * channel + 0.15 * random.nextGaussian();
          features[shape.feature(channel, row, column)] =
              Pixels.clip((float) Math.max(ink, ground));
        }
      }
    }
    return features;
  }

  /** Returns an entry that the model answered with NaN. */
  static StepSummary distrusted(StepSummary step) {
    return new StepSummary(
        step.name(),
        step.id(),
        step.of(),
        step.kind(),
        step.use(),
        step.norm(),
        step.radius(),
        step.variant(),
        step.samples(),
        step.attempted(),
        step.skipped(),
        Map.of("nan", 12L),
        List.of(new Distrust("nan", 12, "the model answered with NaN & more", false)),
        step.metrics());
  }
}
