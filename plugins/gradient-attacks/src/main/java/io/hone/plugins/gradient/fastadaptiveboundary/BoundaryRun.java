package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.victim.ActiveSamples;
import io.hone.plugins.gradient.NearestPlane;

/**
 * The steps of some samples toward one boundary.
 *
 * <p>A sample that is not adversarial after a step goes on from there. While a sample has not
 * crossed the boundary, the look at it is a gradient query at once, because its gradient is what
 * the next step needs. After the first crossing, most steps cross: they are looked at by a forward
 * query, and the gradient is that of the image a little nearer to the clean one.
 */
final class BoundaryRun {
  private final FastAdaptiveBoundary.Params parameters;
  private final Batch clean;
  private final Boundary boundary;
  private final Inquiry inquiry;
  private final NearestExamples examples;
  private final AdaptiveStep step;
  private final Tensor standing;
  private final Answers answers;
  private final boolean[] crossed;
  private final boolean[] astray;
  private final float[] image;
  private final float[] center;

  BoundaryRun(
      FastAdaptiveBoundary.Params parameters,
      Batch clean,
      Boundary boundary,
      Inquiry inquiry,
      NearestExamples examples,
      AdaptiveStep step,
      Tensor start,
      Answers answers) {
    this.parameters = parameters;
    this.clean = clean;
    this.boundary = boundary;
    this.inquiry = inquiry;
    this.examples = examples;
    this.step = step;
    this.standing = start;
    this.answers = answers;
    this.crossed = new boolean[clean.size()];
    this.astray = new boolean[clean.size()];
    this.image = new float[start.rowSize()];
    this.center = new float[start.rowSize()];
  }

  /** Looks at where the samples are, then makes all their steps. */
  void runFromUnseen(ActiveSamples active, Run run) {
    look(active, false);
    run(active, run);
  }

  /** Makes all steps of samples that are known not to be adversarial where they are. */
  void run(ActiveSamples active, Run run) {
    for (int number = 1; number <= parameters.steps() && !active.isEmpty(); number++) {
      run.checkCancelled();
      NearestPlane[] planes = planes(active);
      active.keep(index -> moves(active.row(index), planes[active.row(index)]));
      look(active, number == parameters.steps());
    }
  }

  /** Returns the nearest plane of each active sample, by row of the batch. */
  private NearestPlane[] planes(ActiveSamples active) {
    askWhatIsUnknown(active);
    NearestPlane[] planes = new NearestPlane[clean.size()];
    int[][] further = new int[clean.size()][];
    for (int index = 0; index < active.size(); index++) {
      int row = active.row(index);
      float[] logits = answers.logits(row);
      int rival = boundary.rival(row, logits);
      planes[row] = new NearestPlane(parameters.norm());
      astray[row] = !boundary.countsRival(row, rival);
      boolean hasRival = answers.hasSlope(row) && !astray[row];
      if (hasRival) {
        planes[row].consider(boundary.margin(row, logits), answers.slope(row));
      }
      further[row] = boundary.further(row, rival, hasRival);
    }
    considerFurther(active, planes, further);
    return planes;
  }

  /** Where a row's margin was of no use before, its gradient is not asked for again. */
  private void askWhatIsUnknown(ActiveSamples active) {
    ActiveSamples unknown = active.copy();
    unknown.keep(index -> !answers.hasSlope(unknown.row(index)) && !astray[unknown.row(index)]);
    inquiry.slopes(unknown, standing, boundary, answers);
    ActiveSamples plain = active.copy();
    plain.keep(index -> astray[plain.row(index)] && answers.predicted(plain.row(index)) < 0);
    inquiry.logits(plain, standing, answers);
    inquiry.keepOpen(active);
  }

  private void considerFurther(ActiveSamples active, NearestPlane[] planes, int[][] further) {
    int[] classes = new int[clean.size()];
    for (int place = 0; place < inquiry.classes(); place++) {
      int next = place;
      ActiveSamples asked = active.copy();
      asked.keep(index -> further[asked.row(index)].length > next);
      if (asked.isEmpty()) {
        return;
      }
      for (int index = 0; index < asked.size(); index++) {
        classes[asked.row(index)] = further[asked.row(index)][place];
      }
      Tensor slopes = inquiry.differences(asked, standing, classes);
      inquiry.keepOpen(active);
      for (int index = 0; index < asked.size(); index++) {
        int row = asked.row(index);
        float[] logits = answers.logits(row);
        double difference = (double) logits[classes[row]] - logits[clean.label(row)];
        slopes.readRow(index, image);
        planes[row].consider(difference, image);
      }
    }
  }

  /** Moves a sample; returns false where it cannot move any more. */
  private boolean moves(int row, NearestPlane plane) {
    inquiry.note(row, plane.sawNan(), plane.sawSlope());
    standing.readRow(row, image);
    clean.pixels().readRow(row, center);
    if (plane.found()) {
      step.take(plane, image, center, clean.bounds(row));
    } else if (plane.sawNan()) {
      inquiry.giveUp(row, plane.obstacle());
      return false;
    } else if (!step.retreat(image, center)) {
      return false;
    }
    standing.setRow(row, image);
    answers.forget(row);
    return true;
  }

  private void look(ActiveSamples active, boolean last) {
    ActiveSamples forward = active.copy();
    forward.keep(index -> last || crossed[forward.row(index)]);
    ActiveSamples ahead = active.copy();
    ahead.keep(index -> !last && !crossed[ahead.row(index)]);
    inquiry.logits(forward, standing, answers);
    inquiry.slopes(ahead, standing, boundary, answers);
    inquiry.keepOpen(active);
    active.keep(index -> goesOn(active.row(index)));
  }

  private boolean goesOn(int row) {
    if (!clean.succeeds(row, answers.predicted(row))) {
      return true;
    }
    crossed[row] = true;
    standing.readRow(row, image);
    clean.pixels().readRow(row, center);
    examples.offer(row, image, center, GoalMargin.of(clean, row, answers.logits(row)));
    if (parameters.stopWithinEpsilon() && examples.suffices(row)) {
      inquiry.end(row);
      return false;
    }
    for (int feature = 0; feature < image.length; feature++) {
      image[feature] = AdaptiveStep.between(center[feature], image[feature], parameters.beta());
    }
    standing.setRow(row, image);
    answers.forget(row);
    return true;
  }
}
