package io.hone.dl4j.training;

import io.hone.api.BadInputException;
import io.hone.api.run.Progress;
import io.hone.api.run.Run;
import io.hone.api.train.TrainingTask;
import io.hone.dl4j.samediff.Minibatch;
import io.hone.dl4j.samediff.TrainingGraph;
import io.hone.dl4j.samediff.TrainingState;
import io.hone.learning.network.Network;
import io.hone.learning.network.Weights;
import java.util.Locale;
import java.util.Optional;
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

  private final Network network;
  private final Lesson lesson;
  private final TrainingPlan plan;
  private final TrainingTask task;
  private final Run run;
  private final TrainingRandom random;
  private final Minibatches training;
  private final Minibatches validation;
  private final DropoutMasks masks;
  private final CheckpointFile checkpoints;

  TrainingLoop(Network network, Lesson lesson, TrainingPlan plan, TrainingTask task, Run run) {
    this.network = network;
    this.lesson = lesson;
    this.plan = plan;
    this.task = task;
    this.run = run;
    this.random = new TrainingRandom(task.seed());
    this.training = new Minibatches(task.training(), lesson.classes());
    this.validation = new Minibatches(task.validation(), lesson.classes());
    this.masks = new DropoutMasks(network);
    this.checkpoints = new CheckpointFile(task.checkpoints(), fingerprint());
  }

  private String fingerprint() {
    return new Fingerprint()
        .add(network.describe())
        .add(lesson.fingerprint())
        .add(plan)
        .add(task.seed())
        .add(task.training())
        .add(task.validation())
        .value();
  }

  /** Trains until the plan ends and returns the last checkpoint, which holds the best weights. */
  Checkpoint train() {
    Optional<Checkpoint> resumed = task.resume() ? checkpoints.read() : Optional.empty();
    Checkpoint checkpoint =
        resumed.orElseGet(() -> Checkpoint.start(Weights.start(network, random.start())));
    if (checkpoint.done(plan)) {
      return checkpoint;
    }
    TrainingGraph graph = new TrainingGraph(network, lesson.objective(), checkpoint.state());
    try (Progress progress = run.progress("training " + task.name(), total())) {
      progress.advance((long) checkpoint.epochs() * training.size());
      while (!checkpoint.done(plan)) {
        double loss = epoch(graph, checkpoint, progress);
        TrainingState state = graph.state();
        EpochFigures figures = validate(state.weights(), loss);
        refuseDivergence(figures, checkpoint.epochs() + 1);
        checkpoint = checkpoint.after(state, figures);
        checkpoints.write(checkpoint);
      }
    }
    return checkpoint;
  }

  private void refuseDivergence(EpochFigures figures, int epoch) {
    if (!Double.isFinite(figures.loss())) {
      throw new BadInputException(
          "train.with.rate: training '"
              + task.name()
              + "' diverged in epoch "
              + epoch
              + " (loss "
              + figures.loss()
              + ") at a rate of "
              + plan.rate()
              + "; lower the rate, or check the images for NaN");
    }
  }

  private long total() {
    return (long) plan.epochs() * training.size();
  }

  private double epoch(TrainingGraph graph, Checkpoint checkpoint, Progress progress) {
    int epoch = checkpoint.epochs();
    int[] order = random.order(epoch, training.size());
    double rate = plan.schedule().rate(plan.rate(), epoch, plan.epochs());
    double sum = 0;
    for (int from = 0; from < order.length; from += plan.batch()) {
      run.checkCancelled();
      int to = Math.min(order.length, from + plan.batch());
      sum += (to - from) * lesson.step(graph, batch(epoch, order, from, to), rate, plan.decay());
      progress.advance(to - from);
      progress.describe(state(checkpoint, sum / to));
    }
    return sum / order.length;
  }

  private Minibatch batch(int epoch, int[] order, int from, int to) {
    Minibatch examples =
        training.gather(
            order, from, to, plan.augmentation(), example -> random.example(epoch, example));
    return examples.with(masks.draw(to - from, row -> random.dropout(epoch, order[from + row])));
  }

  private String state(Checkpoint checkpoint, double loss) {
    String state =
        String.format(
            Locale.ROOT, "epoch %d/%d, loss %.4f", checkpoint.epochs() + 1, plan.epochs(), loss);
    if (checkpoint.epochs() == 0) {
      return state;
    }
    EpochFigures last = checkpoint.history().get(checkpoint.epochs() - 1);
    String accuracy =
        Double.isNaN(last.accuracy())
            ? ""
            : String.format(
                Locale.ROOT, ", %s %.4f", lesson.score().replace('_', ' '), last.accuracy());
    return state + String.format(Locale.ROOT, ", validation %.4f%s", last.loss(), accuracy);
  }

  private EpochFigures validate(Weights weights, double trainingLoss) {
    if (validation.size() == 0) {
      return new EpochFigures(trainingLoss, trainingLoss, Double.NaN);
    }
    Lesson.Examination examination = lesson.examination(network, weights);
    int[] order = IntStream.range(0, validation.size()).toArray();
    double loss = 0;
    int right = 0;
    for (int from = 0; from < order.length; from += VALIDATION_BATCH) {
      run.checkCancelled();
      int to = Math.min(order.length, from + VALIDATION_BATCH);
      Lesson.Grade grade = examination.grade(validation.gather(order, from, to));
      loss += (to - from) * grade.loss();
      right += grade.right();
    }
    double accuracy = lesson.classes() > 0 ? right / (double) order.length : Double.NaN;
    return new EpochFigures(trainingLoss, loss / order.length, accuracy);
  }
}
