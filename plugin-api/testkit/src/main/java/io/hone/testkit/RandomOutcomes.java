package io.hone.testkit;

import io.hone.api.data.ImageShape;
import io.hone.api.metric.DistanceMeter;
import io.hone.api.metric.Distances;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.StepKind;
import io.hone.api.metric.StepKind.Trait;
import io.hone.api.metric.Verdict;
import io.hone.api.run.Reason;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Outcomes as a step of some kind might have them: skipped samples, failures and NaN included. */
final class RandomOutcomes {
  static final int CLASSES = 4;

  /** A kind of step for each combination of traits that steps have. */
  static final List<StepKind> KINDS =
      List.of(
          StepKind.CLEAN,
          StepKind.of("perturbing", Trait.PERTURBS),
          StepKind.of("improving", Trait.PERTURBS, Trait.IMPROVES),
          StepKind.of("recovering", Trait.RECLASSIFIES, Trait.RECOVERS),
          StepKind.of("transferring", Trait.RECLASSIFIES, Trait.TRANSFERS));

  private final StepKind kind;
  private final ImageShape shape;
  private final DistanceMeter meter;
  private final RandomGenerator random;

  private RandomOutcomes(StepKind kind, ImageShape shape) {
    this.kind = kind;
    this.shape = shape;
    meter = new DistanceMeter(shape);
    random = new SampleRandom(99, KINDS.indexOf(kind));
  }

  /** Returns always the same outcomes. */
  static List<Outcome> of(StepKind kind, ImageShape shape, int count) {
    RandomOutcomes outcomes = new RandomOutcomes(kind, shape);
    return IntStream.range(0, count).mapToObj(outcomes::outcome).toList();
  }

  private Outcome outcome(int index) {
    boolean isClean = kind.equals(StepKind.CLEAN);
    boolean perturbs = kind.has(Trait.PERTURBS);
    // What perturbs without improving starts from the clean images.
    boolean receives = !isClean && !(perturbs && !kind.has(Trait.IMPROVES));
    float[] clean = image();
    float[] root = isClean ? clean : mixed(clean, image());
    float[] received = receives ? root : clean;
    float[] emitted = perturbs && !receives ? root : mixed(received, clean);
    int label = random.nextInt(CLASSES);
    int target = (label + 1) % CLASSES;
    boolean attempted = isClean || random.nextInt(5) > 0;
    boolean receivedSuccess = attempted && receives && random.nextBoolean();
    int prediction = random.nextInt(6) == 0 ? -1 : random.nextInt(CLASSES);
    boolean success = attempted && prediction == target;
    return new Outcome(
        kind,
        new Outcome.Sample(1000L * index, label, target, shape),
        new Outcome.Images(
            clean,
            root,
            received,
            emitted,
            perturbs
                ? Optional.of(
                    new Outcome.Perturbation(
                        distances(clean, root),
                        distances(clean, received),
                        distances(clean, emitted)))
                : Optional.empty()),
        new Verdict(
            random.nextInt(CLASSES),
            receivedSuccess ? target : random.nextInt(CLASSES),
            attempted,
            receivedSuccess,
            receivedSuccess,
            ""),
        new Verdict(
            random.nextInt(CLASSES),
            prediction,
            attempted,
            success,
            success && random.nextBoolean(),
            attempted ? "" : Reason.MISCLASSIFIED));
  }

  private Distances distances(float[] clean, float[] image) {
    return meter.between(clean, image);
  }

  private float[] image() {
    float[] image = new float[shape.features()];
    for (int feature = 0; feature < image.length; feature++) {
      image[feature] = random.nextFloat();
    }
    return image;
  }

  /** Each feature from one image or the other; now and then all from the first. */
  private float[] mixed(float[] first, float[] second) {
    float[] mixed = first.clone();
    boolean equal = random.nextInt(8) == 0;
    for (int feature = 0; feature < mixed.length && !equal; feature++) {
      mixed[feature] = random.nextBoolean() ? second[feature] : first[feature];
    }
    return mixed;
  }
}
