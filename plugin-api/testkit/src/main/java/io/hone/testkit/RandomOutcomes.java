package io.hone.testkit;

import io.hone.api.data.ImageShape;
import io.hone.api.metric.DistanceMeter;
import io.hone.api.metric.Distances;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.StepKind;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Outcomes as a step of some kind might have them: skipped samples, failures and NaN included. */
final class RandomOutcomes {
  static final int CLASSES = 4;

  private final StepKind kind;
  private final ImageShape shape;
  private final DistanceMeter meter;
  private final RandomGenerator random;

  private RandomOutcomes(StepKind kind, ImageShape shape) {
    this.kind = kind;
    this.shape = shape;
    meter = new DistanceMeter(shape);
    random = new SampleRandom(99, kind.ordinal());
  }

  /** Returns always the same outcomes. */
  static List<Outcome> of(StepKind kind, ImageShape shape, int count) {
    RandomOutcomes outcomes = new RandomOutcomes(kind, shape);
    return IntStream.range(0, count).mapToObj(outcomes::outcome).toList();
  }

  private Outcome outcome(int index) {
    float[] clean = image();
    boolean perturbs = kind == StepKind.ATTACK || kind == StepKind.IMPROVE;
    float[] root = kind == StepKind.CLEAN ? clean : mixed(clean, image());
    float[] received = kind == StepKind.IMPROVE || kind == StepKind.DEFEND ? root : clean;
    float[] emitted = kind == StepKind.ATTACK ? root : mixed(received, clean);
    int label = random.nextInt(CLASSES);
    int target = (label + 1) % CLASSES;
    boolean attempted = kind == StepKind.CLEAN || random.nextInt(5) > 0;
    boolean receivedSuccess =
        attempted && kind != StepKind.ATTACK && kind != StepKind.CLEAN && random.nextBoolean();
    int prediction = random.nextInt(6) == 0 ? -1 : random.nextInt(CLASSES);
    boolean success = attempted && prediction == target;
    return new Outcome(
        kind,
        1000L * index,
        label,
        target,
        shape,
        clean,
        root,
        received,
        emitted,
        perturbs ? distances(clean, emitted) : null,
        perturbs ? distances(clean, received) : null,
        perturbs ? distances(clean, root) : null,
        random.nextInt(CLASSES),
        random.nextInt(CLASSES),
        prediction,
        attempted,
        receivedSuccess,
        success,
        success && random.nextBoolean());
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
