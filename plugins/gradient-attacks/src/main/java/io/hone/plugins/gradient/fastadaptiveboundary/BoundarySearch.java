package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;
import io.hone.plugins.gradient.RivalClasses;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The whole attack on one batch: every boundary, every restart and the final search. */
final class BoundarySearch {
  private final FastAdaptiveBoundary.Params parameters;
  private final Batch clean;
  private final Run run;
  private final Inquiry inquiry;
  private final NearestExamples examples;
  private final AdaptiveStep step;
  private final Answers cleanAnswers;
  private final double[] cleanMargins;
  private final RandomGenerator[] random;

  BoundarySearch(
      FastAdaptiveBoundary.Params parameters,
      Victim victim,
      Batch clean,
      Tensor adversarial,
      Run run) {
    this.parameters = parameters;
    this.clean = clean;
    this.run = run;
    this.inquiry = new Inquiry(victim, clean, run);
    Optional<Ball> ball = parameters.ball();
    this.examples = new NearestExamples(clean, parameters.norm(), ball, adversarial);
    int features = clean.pixels().rowSize();
    this.step =
        new AdaptiveStep(
            parameters.alphaMax(),
            parameters.eta(),
            PlaneProjection.in(parameters.norm(), features),
            features);
    this.cleanAnswers = new Answers(clean.size());
    this.cleanMargins = new double[clean.size()];
    this.random = new RandomGenerator[clean.size()];
  }

  void search() {
    run.checkCancelled();
    if (inquiry.classes() == 1) {
      giveUpAll(Reason.NO_OTHER_CLASS);
      return;
    }
    if (!clean.targeted() && parameters.targets().isPresent()) {
      searchPairs(parameters.targets().get());
    } else {
      Boundary boundary =
          clean.targeted()
              ? new Boundary.OfTarget(clean)
              : new Boundary.OfLabel(clean, inquiry.classes());
      inquiry.slopes(inquiry.open(), clean.pixels(), boundary, cleanAnswers);
      lookAtClean();
      searchFrom(boundary);
    }
    new FinalSearch(clean, cleanMargins, inquiry, examples).run(parameters.finalSearch(), run);
    for (int row = 0; row < clean.size(); row++) {
      if (!examples.suffices(row) && !inquiry.ended(row)) {
        inquiry.giveUpSearched(row);
      }
      examples.dropDistant(row);
    }
  }

  private void giveUpAll(String reason) {
    for (int row = 0; row < clean.size(); row++) {
      inquiry.giveUp(row, reason);
    }
  }

  /** Samples that are adversarial already need no search. */
  private void lookAtClean() {
    ActiveSamples open = inquiry.open();
    for (int index = 0; index < open.size(); index++) {
      int row = open.row(index);
      cleanMargins[row] = GoalMargin.of(clean, row, cleanAnswers.logits(row));
      if (clean.succeeds(row, cleanAnswers.predicted(row))) {
        inquiry.end(row);
      }
    }
  }

  private void searchPairs(int targets) {
    inquiry.logits(inquiry.open(), clean.pixels(), cleanAnswers);
    lookAtClean();
    int count = Math.min(targets, inquiry.classes() - 1);
    int[][] ranked = new int[clean.size()][];
    ActiveSamples open = inquiry.open();
    for (int index = 0; index < open.size(); index++) {
      int row = open.row(index);
      ranked[row] = RivalClasses.byLogit(cleanAnswers.logits(row), clean.label(row), count);
    }
    for (int rank = 0; rank < count; rank++) {
      ActiveSamples left = inquiry.open();
      int[] others = new int[clean.size()];
      for (int index = 0; index < left.size(); index++) {
        others[left.row(index)] = ranked[left.row(index)][rank];
      }
      searchFrom(new Boundary.OfPair(clean, others));
    }
  }

  /** Makes all runs toward one boundary: the first from the clean images, others beside them. */
  private void searchFrom(Boundary boundary) {
    for (int restart = 0; restart < parameters.restarts(); restart++) {
      ActiveSamples active = inquiry.open();
      Tensor start = clean.pixels().copy();
      Answers answers = new Answers(clean.size());
      BoundaryRun steps =
          new BoundaryRun(parameters, clean, boundary, inquiry, examples, step, start, answers);
      if (restart == 0) {
        for (int index = 0; index < active.size(); index++) {
          answers.take(active.row(index), cleanAnswers);
        }
        steps.run(active, run);
      } else {
        active.keep(index -> startLength(active.row(index)) > 0);
        scatter(active, start);
        steps.runFromUnseen(active, run);
      }
    }
  }

  /** Returns how far from the clean image a restart starts; 0 where no size is known. */
  private double startLength(int row) {
    double known =
        Math.min(examples.distance(row), parameters.epsilon().orElse(Double.POSITIVE_INFINITY));
    return known < Double.POSITIVE_INFINITY ? known / 2 : 0;
  }

  private void scatter(ActiveSamples active, Tensor images) {
    float[] image = new float[images.rowSize()];
    for (int index = 0; index < active.size(); index++) {
      run.checkCancelled();
      int row = active.row(index);
      if (random[row] == null) {
        random[row] = run.random(clean.sample(row));
      }
      images.readRow(row, image);
      RandomRestart.move(
          image, parameters.norm(), startLength(row), clean.bounds(row), random[row]);
      images.setRow(row, image);
    }
  }
}
