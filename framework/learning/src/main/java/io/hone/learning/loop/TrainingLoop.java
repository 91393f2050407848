package io.hone.learning.loop;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.run.Progress;
import io.hone.api.run.Run;
import io.hone.api.train.RefusedChoiceException;
import io.hone.api.train.TrainingTask;
import io.hone.learning.engine.DivergenceException;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearningBatch;
import io.hone.learning.loop.Lesson.Origin;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Trains a network: epochs of shuffled batches, each followed by a look at the validation examples
 * and a checkpoint.
 *
 * <p>Everything random is keyed by seed and epoch, so a resumed training ends with the same
 * weights.
 */
final class TrainingLoop {
  private static final int VALIDATION_BATCH = 256;

  private final Learner learner;
  private final Lesson lesson;
  private final TrainingPlan plan;
  private final boolean byStep;
  private final TrainingTask task;
  private final Run run;
  private final TrainingRandom random;
  private final Minibatches training;
  private final Minibatches validation;
  private final CheckpointFile checkpoints;

  /**
   * Creates the loop.
   *
   * @param byStep whether the learning rate changes from step to step, or from epoch to epoch
   * @param fingerprint of what the weights depend on besides the examples
   */
  TrainingLoop(
      Learner learner,
      Lesson lesson,
      TrainingPlan plan,
      boolean byStep,
      TrainingTask task,
      Fingerprint fingerprint,
      Run run) {
    this.learner = learner;
    this.lesson = lesson;
    this.plan = plan;
    this.byStep = byStep;
    this.task = task;
    this.run = run;
    this.random = new TrainingRandom(task.seed());
    this.training = new Minibatches(task.training(), lesson.classifies());
    this.validation = new Minibatches(task.validation(), lesson.classifies());
    this.checkpoints =
        new CheckpointFile(
            task.checkpoints(),
            fingerprint
                .add(lesson.identity())
                .add("parameters of the trainer", plan)
                .add("seed", task.seed())
                .add("training examples", task.training())
                .add("validation examples", task.validation())
                .sums());
  }

  /** Trains until the plan ends and returns the last checkpoint, which holds the best weights. */
  Checkpoint train() {
    if (training.size() == 0) {
      throw new BadInputException(
          "training '%s' has no example to learn from; give it images at data"
              .formatted(task.name()));
    }
    lesson.begin(learner, this::inOrder, run);
    Optional<Checkpoint> resumed = task.resume() ? checkpoints.read() : Optional.empty();
    resumed.ifPresent(checkpoint -> learner.restore(checkpoint.state()));
    Checkpoint checkpoint =
        resumed.orElseGet(() -> new Checkpoint(learner.state(), learner.weights(), List.of()));
    if (checkpoint.done(plan)) {
      return checkpoint;
    }
    try (Progress progress = run.progress("training " + task.name(), total())) {
      progress.resume((long) checkpoint.epochs() * training.size());
      while (!checkpoint.done(plan)) {
        Map<String, Double> losses = epoch(checkpoint, progress);
        EpochFigures figures = figures(checkpoint.epochs(), losses);
        refuseDivergence(figures, checkpoint.epochs() + 1);
        checkpoint = checkpoint.after(learner.state(), learner.weights(), figures);
        checkpoints.write(checkpoint);
      }
    }
    return checkpoint;
  }

  /** Returns the training examples as they are, in their order. */
  private Iterator<LearningBatch> inOrder() {
    int[] order = IntStream.range(0, training.size()).toArray();
    return IntStream.iterate(0, from -> from < order.length, from -> from + VALIDATION_BATCH)
        .mapToObj(
            from -> training.gather(order, from, Math.min(order.length, from + VALIDATION_BATCH)))
        .iterator();
  }

  private void refuseDivergence(EpochFigures figures, int epoch) {
    if (!Double.isFinite(figures.loss())) {
      throw diverged(epoch, "loss " + figures.loss());
    }
  }

  private RefusedChoiceException diverged(int epoch, String what) {
    String kept =
        epoch == 1
            ? ""
            : "; the checkpoint after epoch %d is kept in %s"
                .formatted(epoch - 1, task.checkpoints());
    return new RefusedChoiceException(
        "with.rate",
        "training '%s' diverged in epoch %d (%s) at a rate of %s; lower the rate, or check the images for NaN%s"
            .formatted(task.name(), epoch, what, plan.rate(), kept));
  }

  private long total() {
    return (long) plan.epochs() * training.size();
  }

  private Map<String, Double> epoch(Checkpoint checkpoint, Progress progress) {
    int epoch = checkpoint.epochs();
    int[] order = random.order(epoch, training.size());
    Map<String, Double> sums = new LinkedHashMap<>();
    for (int from = 0; from < order.length; from += plan.batch()) {
      run.checkCancelled();
      int to = Math.min(order.length, from + plan.batch());
      Origin origin = origin(epoch, order, from, to, 0);
      int size = to - from;
      try {
        lesson
            .step(learner, batch(epoch, order, from, to), origin, rate(epoch, from))
            .forEach((part, loss) -> sums.merge(part, size * loss, Double::sum));
      } catch (DivergenceException e) {
        throw diverged(epoch + 1, "step " + (from / plan.batch() + 1) + ": " + e.getMessage());
      }
      progress.advance(size);
      progress.describe(state(checkpoint, sums, to));
    }
    sums.replaceAll((part, sum) -> sum / order.length);
    return sums;
  }

  private double rate(int epoch, int from) {
    if (!byStep) {
      return plan.rate() * plan.schedule().factor(epoch, plan.epochs());
    }
    return plan.rate() * plan.schedule().factor(step(epoch, from), steps() * plan.epochs());
  }

  /** Returns the number of steps of an epoch. */
  private long steps() {
    return (training.size() + plan.batch() - 1L) / plan.batch();
  }

  /** Returns the number of steps before the batch that begins at an index of an epoch. */
  private long step(int epoch, int from) {
    return epoch * steps() + from / plan.batch();
  }

  private LearningBatch batch(int epoch, int[] order, int from, int to) {
    double done = step(epoch, from) / (double) (steps() * plan.epochs());
    ImageShape shape =
        plan.augmentation().shape(training.shape(), done, random.size(epoch, from / plan.batch()));
    LearningBatch examples =
        training.gather(
            order, from, to, plan.augmentation(), shape, example -> random.example(epoch, example));
    DropoutMasks masks = new DropoutMasks(learner.masks(shape));
    return new LearningBatch(
        examples.images(),
        examples.targets(),
        masks.draw(to - from, row -> random.dropout(epoch, order[from + row])));
  }

  private static Origin origin(int epoch, int[] order, int from, int to, int before) {
    return new Origin(
        epoch,
        IntStream.range(from, to).mapToLong(index -> before + (long) order[index]).toArray());
  }

  private String state(Checkpoint checkpoint, Map<String, Double> sums, int examples) {
    double loss = sums.values().stream().mapToDouble(Double::doubleValue).sum() / examples;
    String parts =
        sums.size() < 2
            ? ""
            : sums.entrySet().stream()
                .map(part -> "%s %s".formatted(part.getKey(), number(part.getValue() / examples)))
                .collect(Collectors.joining(", ", " (", ")"));
    String state =
        "epoch %d/%d, loss %s%s"
            .formatted(checkpoint.epochs() + 1, plan.epochs(), number(loss), parts);
    if (checkpoint.epochs() == 0) {
      return state;
    }
    Map<String, Double> last = checkpoint.history().get(checkpoint.epochs() - 1).values();
    return last.entrySet().stream()
        .filter(figure -> figure.getKey().startsWith("validation_"))
        .map(figure -> ", " + words(figure.getKey()) + " " + number(figure.getValue()))
        .collect(Collectors.joining("", state, ""));
  }

  /** The validation's loss is called by the first word alone, which is enough beside the loss. */
  private static String words(String figure) {
    return figure.equals("validation_loss")
        ? "validation"
        : figure.substring("validation_".length()).replace('_', ' ');
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private EpochFigures figures(int epoch, Map<String, Double> losses) {
    double trainingLoss = losses.values().stream().mapToDouble(Double::doubleValue).sum();
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("training_loss", trainingLoss);
    if (losses.size() > 1) {
      losses.forEach((part, loss) -> values.put("training_" + part.replace('-', '_'), loss));
    }
    if (validation.size() == 0) {
      return new EpochFigures(trainingLoss, values);
    }
    double loss = 0;
    Map<String, Integer> right = new TreeMap<>();
    int[] order = IntStream.range(0, validation.size()).toArray();
    for (int from = 0; from < order.length; from += VALIDATION_BATCH) {
      run.checkCancelled();
      int to = Math.min(order.length, from + VALIDATION_BATCH);
      Origin origin = origin(epoch, order, from, to, training.size());
      Lesson.Grade grade = lesson.grade(learner, validation.gather(order, from, to), origin);
      loss += (to - from) * grade.loss();
      grade.right().forEach((score, count) -> right.merge(score, count, Integer::sum));
    }
    values.put("validation_loss", loss / order.length);
    right.forEach(
        (score, count) -> values.put("validation_" + score, count / (double) order.length));
    return new EpochFigures(loss / order.length, values);
  }
}
