package io.hone.plugins.gradient.autopgd;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.model.Loss;
import io.hone.api.run.Run;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One run of Auto-PGD over the samples of a batch that are left: from a random start through all
 * stages.
 *
 * <p>Costs {@code draws} gradient queries at the start of a stage and after each of its iterations.
 * Their logits tell success, so no forward query is needed.
 */
final class AdaptiveDescent {
  private final AutoProjectedGradientDescent.Params parameters;
  private final Victim victim;
  private final Run run;
  private final Attempts attempts;
  private final List<Stage> stages;
  private final Walk[] walks;
  private final RandomGenerator[] random;
  private final Tensor images;
  private final float[] gradient;

  AdaptiveDescent(
      AutoProjectedGradientDescent.Params parameters,
      Victim victim,
      Batch clean,
      Attempts attempts,
      Run run) {
    this.parameters = parameters;
    this.victim = victim;
    this.run = run;
    this.attempts = attempts;
    this.stages = parameters.stages();
    this.walks = new Walk[clean.size()];
    this.random = new RandomGenerator[clean.size()];
    this.images = clean.pixels().copy();
    this.gradient = new float[images.rowSize()];
    float[] scratch = new float[images.rowSize()];
    for (int row = 0; row < walks.length; row++) {
      walks[row] = Walk.of(clean.pixels().row(row), clean.bounds(row), stages.get(0), scratch);
      random[row] = run.random(clean.sample(row));
    }
  }

  /**
   * Makes a run.
   *
   * @param unsolved left with the samples that may make another run
   * @param classes that the loss looks at, for each row of the batch
   */
  void run(ActiveSamples unsolved, Loss loss, int[] classes) {
    boolean first = true;
    for (Stage stage : stages) {
      for (int index = 0; index < unsolved.size(); index++) {
        int row = unsolved.row(index);
        if (first) {
          walks[row].start(stage, random[row]);
        } else {
          walks[row].resume(stage);
        }
      }
      first = false;
      // A sample without a slope in one ball may find a slope in the next, so each stage takes all.
      walk(unsolved.copy(), stage, loss, classes);
    }
    Ball ball = parameters.ball();
    unsolved.keep(
        index -> {
          int row = unsolved.row(index);
          attempts.fail(row, walks[row].bestWithin(ball), walks[row].bestLoss());
          return !attempts.hasSucceeded(row);
        });
  }

  private void walk(ActiveSamples active, Stage stage, Loss loss, int[] classes) {
    for (int iteration = 0; iteration <= stage.iterations(); iteration++) {
      boolean start = iteration == 0;
      boolean end = iteration == stage.iterations();
      run.checkCancelled();
      active.keepPaying(victim, parameters.gradients(), run);
      if (active.isEmpty()) {
        return;
      }
      Answers answers = ask(active, loss, classes);
      active.keep(
          index -> {
            if (!judge(active, index, answers, stage)) {
              return false;
            }
            answers.readGradient(index, gradient);
            int row = active.row(index);
            boolean flat = start && isFlat(gradient);
            walks[row].learn(answers.loss(index), gradient);
            if (flat) {
              // It would stay where it is until the end of the stage.
              attempts.endFlat(row, active.sample(index), run);
              return false;
            }
            attempts.findSlope(row, active.sample(index), run);
            if (!end && !walks[row].move(gradient)) {
              attempts.breakOff(row, active.sample(index), run);
              return false;
            }
            return true;
          });
    }
  }

  private Answers ask(ActiveSamples active, Loss loss, int[] classes) {
    int[] ofActive = new int[active.size()];
    for (int index = 0; index < ofActive.length; index++) {
      int row = active.row(index);
      ofActive[index] = classes[row];
      images.setRow(row, walks[row].image);
    }
    return Answers.ask(
        victim, active, active.images(images), loss, ofActive, parameters.gradients());
  }

  /** Takes what an answer says of success, and returns whether the sample goes on. */
  private boolean judge(ActiveSamples active, int index, Answers answers, Stage stage) {
    int row = active.row(index);
    boolean success = stage.last() && answers.succeeds(index);
    if (success) {
      attempts.succeed(row, walks[row].image);
    }
    if (success && parameters.stopAtSuccess()) {
      return false;
    }
    if (answers.isBroken(index)) {
      attempts.breakOff(row, active.sample(index), run);
      return false;
    }
    return true;
  }

  private static boolean isFlat(float[] gradient) {
    for (float slope : gradient) {
      if (slope != 0) {
        return false;
      }
    }
    return true;
  }
}
