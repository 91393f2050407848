package io.hone.learning.trainer;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a generator {@code g} pays for the image {@code x' = g(x)} that it makes of {@code x}:
 * {@code distance D(x, x') + prediction A(M(x'), expected)}, each with its weight: equation 6 of
 * Nguyen et al. (Method for Improving Quality of Adversarial Examples), formulas 1 and 2 of AE4DNN.
 *
 * <p>The classifier {@code M} is asked for logits and vector-Jacobian products alone, so any that
 * gives them will do.
 *
 * @param ofDistance weight of D, not negative
 * @param ofPrediction weight of A, not negative
 * @param image D
 * @param prediction A
 * @param expectation what M should return
 */
record TransformationLoss(
    double ofDistance,
    double ofPrediction,
    ImageDistance image,
    PredictionDistance prediction,
    WantedOutput expectation) {

  /** Returns the same loss with other weights. */
  TransformationLoss weighing(double distance, double predicted) {
    return new TransformationLoss(distance, predicted, image, prediction, expectation);
  }

  /**
   * What made images cost.
   *
   * @param distance mean of D over the images, without its weight
   * @param prediction mean of A over the images, without its weight
   * @param predicted M's class of each
   * @param gradient of each image's own cost to that image, {@code [N, C, H, W]}
   */
  record Cost(double distance, double prediction, int[] predicted, Tensor gradient) {}

  /** Returns the parts of the loss with their weights, always in the same order. */
  Map<String, Double> parts(Cost cost) {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("distance", ofDistance * cost.distance());
    parts.put("prediction", ofPrediction * cost.prediction());
    return parts;
  }

  /** Returns the loss. */
  double mean(Cost cost) {
    return ofDistance * cost.distance() + ofPrediction * cost.prediction();
  }

  /**
   * Returns the cost of made images.
   *
   * @param wanted the class wanted of each
   */
  Cost of(Tensor clean, Tensor made, int[] wanted, DifferentiableClassifier classifier) {
    int rows = made.rows();
    ImageBatch images = new ImageBatch(made, new long[rows]);
    Tensor logits = classifier.logits(images);
    Tensor before = expectation.needsClean() ? classifier.logits(images.with(clean)) : logits;
    Tensor cotangent = Tensor.zeros(rows, logits.rowSize());
    int[] predicted = new int[rows];
    double predictions = 0;
    double[] toLogits = new double[logits.rowSize()];
    for (int row = 0; row < rows; row++) {
      double[] expected = expectation.of(probabilities(before, row), wanted[row]);
      predictions += prediction.of(numbers(logits, row), expected, toLogits);
      for (int k = 0; k < toLogits.length; k++) {
        cotangent.set(row, k, (float) (ofPrediction * toLogits[k]));
      }
      predicted[row] = logits.argmax(row);
    }
    Tensor gradient = classifier.vjp(images, cotangent);
    double distances = 0;
    double[] toImage = new double[made.rowSize()];
    for (int row = 0; row < rows; row++) {
      distances += image.of(clean.row(row), made.row(row), toImage);
      for (int feature = 0; feature < toImage.length; feature++) {
        double own = ofDistance * toImage[feature];
        gradient.set(row, feature, (float) (gradient.get(row, feature) + own));
      }
    }
    return new Cost(distances / rows, predictions / rows, predicted, gradient);
  }

  private static double[] probabilities(Tensor logits, int row) {
    double[] probabilities = numbers(logits, row);
    PredictionDistance.softmax(probabilities.clone(), probabilities);
    return probabilities;
  }

  private static double[] numbers(Tensor logits, int row) {
    double[] numbers = new double[logits.rowSize()];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = logits.get(row, k);
    }
    return numbers;
  }
}
