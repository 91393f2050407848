package io.hone.onnxruntime.scores;

import io.hone.api.data.Tensor;

/**
 * How logits are made of what a classifier returns.
 *
 * @param meaning what the file's numbers mean
 * @param source what the logits are taken from
 */
public record LogitsForm(ScoreMeaning meaning, Source source) {
  /** Logarithms below this are no float's: a probability that rounds to 0 is as good. */
  private static final double LOWEST = Math.log(Float.MIN_NORMAL);

  /** What logits are taken from. */
  public enum Source {
    /** The output itself. */
    OUTPUT,
    /** What the softmax or sigmoid at the very end reads. */
    BEFORE_ACTIVATION,
    /** The logarithm of the probabilities, written from what they are computed of. */
    PARTS,
    /** The logarithm of the probabilities' values. */
    VALUES
  }

  /** Returns whether logits are the logarithm of the file's own numbers. */
  public boolean isLogarithm() {
    return source == Source.VALUES || (source == Source.PARTS && !ofLogarithms());
  }

  private boolean ofLogarithms() {
    return meaning == ScoreMeaning.LOG_PROBABILITIES
        || meaning == ScoreMeaning.NEGATIVE_LOG_PROBABILITIES;
  }

  /** Returns what the file must have answered where Hone has these logits of one image. */
  public double[] answer(Tensor logits, int row, boolean binary) {
    double[] scores = new double[logits.rowSize()];
    for (int k = 0; k < scores.length; k++) {
      scores[k] = logits.get(row, k);
    }
    if (binary) {
      double lead = scores[1] - scores[0];
      return new double[] {meaning == ScoreMeaning.LOGITS ? lead : 1 / (1 + Math.exp(-lead))};
    }
    if (source == Source.BEFORE_ACTIVATION) {
      double sum = logSum(scores);
      for (int k = 0; k < scores.length; k++) {
        scores[k] -= sum;
      }
    }
    for (int k = 0; k < scores.length; k++) {
      scores[k] =
          switch (meaning) {
            case LOGITS -> scores[k];
            case LOG_PROBABILITIES, NEGATIVE_LOG_PROBABILITIES ->
                source == Source.PARTS ? Math.exp(scores[k]) : Math.max(scores[k], LOWEST);
            case PROBABILITIES, INDEPENDENT -> Math.exp(scores[k]);
          };
    }
    return scores;
  }

  /**
   * Returns the file's own answer as far as floats tell it apart, with the sign of logits. A file
   * that takes the logarithm of rounded probabilities is far from the true logarithm of small ones,
   * so the probabilities are compared.
   */
  public double[] answer(float[] scores) {
    double[] known = new double[scores.length];
    double sign = meaning == ScoreMeaning.NEGATIVE_LOG_PROBABILITIES ? -1 : 1;
    for (int k = 0; k < scores.length; k++) {
      double score = sign * scores[k];
      known[k] =
          !ofLogarithms()
              ? score
              : source == Source.PARTS ? Math.exp(score) : Math.max(score, LOWEST);
    }
    return known;
  }

  private static double logSum(double[] scores) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      largest = Math.max(largest, score);
    }
    double sum = 0;
    for (double score : scores) {
      sum += Math.exp(score - largest);
    }
    return largest + Math.log(sum);
  }
}
