package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.victim.ActiveSamples;

/**
 * Looks for the boundary on the straight line from each clean image to its adversarial example.
 *
 * <p>Every look is where the margin would be 0 if it were linear between the two points that
 * enclose the boundary so far. Where one of the two points stays twice, its margin counts half, so
 * that the other side closes in too (the Illinois rule). One forward query a look.
 *
 * <p>Source: Croce and Hein 2020 (Fast Adaptive Boundary Attack), final search; the Illinois rule
 * is added.
 */
final class FinalSearch {
  /** Share of the line that two enclosing points may differ in without a further look. */
  private static final double CLOSE = 1e-5;

  private final Batch clean;
  private final Inquiry inquiry;
  private final NearestExamples examples;
  private final Line[] lines;

  /** The line of one sample, and where on it the boundary is enclosed. */
  private static final class Line {
    private final float[] end;
    private double inside = 1;
    private double insideMargin;
    private double outside;
    private double outsideMargin;

    Line(float[] end, double endMargin, double cleanMargin) {
      this.end = end;
      this.insideMargin = endMargin;
      this.outsideMargin = cleanMargin;
    }

    boolean isOpen() {
      return inside - outside > CLOSE;
    }

    double guess() {
      double share = outsideMargin / (outsideMargin - insideMargin);
      double guess = outside + share * (inside - outside);
      return guess > outside && guess < inside ? guess : (outside + inside) / 2;
    }

    void enclose(double place, double margin, boolean success) {
      if (success) {
        inside = place;
        insideMargin = margin;
        outsideMargin /= 2;
      } else {
        outside = place;
        outsideMargin = margin;
        insideMargin /= 2;
      }
    }
  }

  /**
   * Prepares the search for all samples that have an example.
   *
   * @param cleanMargins of every row, at its clean image
   */
  FinalSearch(Batch clean, double[] cleanMargins, Inquiry inquiry, NearestExamples examples) {
    this.clean = clean;
    this.inquiry = inquiry;
    this.examples = examples;
    this.lines = new Line[clean.size()];
    for (int row = 0; row < lines.length; row++) {
      if (examples.has(row)) {
        lines[row] = new Line(examples.image(row), examples.margin(row), cleanMargins[row]);
      }
    }
  }

  /** Takes so many looks at each sample whose search has not ended, fewer where it is close. */
  void run(int looks, Run run) {
    Tensor tried = clean.pixels().copy();
    Answers answers = new Answers(clean.size());
    ActiveSamples active = inquiry.open();
    active.keep(index -> examples.has(active.row(index)));
    for (int look = 0; look < looks && !active.isEmpty(); look++) {
      run.checkCancelled();
      double[] guesses = new double[clean.size()];
      for (int index = 0; index < active.size(); index++) {
        int row = active.row(index);
        guesses[row] = lines[row].guess();
        tried.setRow(row, image(row, guesses[row]));
      }
      inquiry.logits(active, tried, answers);
      active.keep(index -> goesOn(active.row(index), guesses, tried, answers));
    }
  }

  private boolean goesOn(int row, double[] guesses, Tensor tried, Answers answers) {
    double margin = GoalMargin.of(clean, row, answers.logits(row));
    boolean success = clean.succeeds(row, answers.predicted(row));
    if (success) {
      examples.offer(row, tried.row(row), clean.pixels().row(row), margin);
    }
    lines[row].enclose(guesses[row], margin, success);
    return lines[row].isOpen();
  }

  private float[] image(int row, double place) {
    float[] image = clean.pixels().row(row);
    for (int feature = 0; feature < image.length; feature++) {
      image[feature] = AdaptiveStep.between(image[feature], lines[row].end[feature], place);
    }
    return image;
  }
}
