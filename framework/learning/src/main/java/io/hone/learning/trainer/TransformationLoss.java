package io.hone.learning.trainer;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;

/**
 * What a generator {@code g} pays for the image {@code x' = g(x)} that it makes of {@code x}:
 * {@code (1 - phi) D(x, x') + phi A(M(x'), expected)}, equation 6 of Nguyen et al. (Method for
 * Improving Quality of Adversarial Examples).
 *
 * <p>The classifier {@code M} is asked for logits and vector-Jacobian products alone, so any that
 * gives them will do.
 *
 * @param phi weight of the prediction, in [0, 1]
 * @param image D
 * @param prediction A
 * @param expectation what M should return
 */
record TransformationLoss(
    double phi, ImageDistance image, PredictionDistance prediction, WantedOutput expectation) {

  /**
   * What made images cost.
   *
   * @param mean over the images
   * @param predicted M's class of each
   * @param gradient of each image's own cost to that image, {@code [N, C, H, W]}
   */
  record Cost(double mean, int[] predicted, Tensor gradient) {}

  /**
   * Returns the cost of made images.
   *
   * @param wanted the class wanted of each
   */
  Cost of(Tensor clean, Tensor made, int[] wanted, DifferentiableClassifier classifier) {
    int rows = made.rows();
    ImageBatch images = new ImageBatch(made, new long[rows]);
    Tensor logits = classifier.logits(images);
    Tensor before = classifier.logits(images.with(clean));
    Tensor cotangent = Tensor.zeros(rows, logits.rowSize());
    int[] predicted = new int[rows];
    double sum = 0;
    double[] toLogits = new double[logits.rowSize()];
    for (int row = 0; row < rows; row++) {
      double[] expected = expectation.of(probabilities(before, row), wanted[row]);
      sum += phi * prediction.of(numbers(logits, row), expected, toLogits);
      for (int k = 0; k < toLogits.length; k++) {
        cotangent.set(row, k, (float) (phi * toLogits[k]));
      }
      predicted[row] = logits.argmax(row);
    }
    Tensor gradient = classifier.vjp(images, cotangent);
    double[] toImage = new double[made.rowSize()];
    for (int row = 0; row < rows; row++) {
      sum += (1 - phi) * image.of(clean.row(row), made.row(row), toImage);
      for (int feature = 0; feature < toImage.length; feature++) {
        double own = (1 - phi) * toImage[feature];
        gradient.set(row, feature, (float) (gradient.get(row, feature) + own));
      }
    }
    return new Cost(sum / rows, predicted, gradient);
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
