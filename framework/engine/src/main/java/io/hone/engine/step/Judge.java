package io.hone.engine.step;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Bounds;
import io.hone.api.geometry.EightBit;
import io.hone.api.model.Classifier;
import io.hone.engine.failure.ComponentFailureException;

/**
 * Decides what emitted images are worth: the framework judges success, never the plugin.
 *
 * @param predictions classes of the images
 * @param rounded classes of the images rounded to 8 bits
 */
public record Judge(int[] predictions, int[] rounded) {
  /** Shows images to a classifier, as they are and rounded to 8 bits. */
  public static Judge of(Classifier classifier, ImageBatch images) {
    return new Judge(classifier.predict(images), classifier.predict(rounded(images)));
  }

  /** Returns a copy of images rounded to 8 bits. */
  public static ImageBatch rounded(ImageBatch images) {
    Tensor rounded = images.pixels().copy();
    for (int row = 0; row < rounded.rows(); row++) {
      for (int feature = 0; feature < rounded.rowSize(); feature++) {
        rounded.set(row, feature, EightBit.round(rounded.get(row, feature)));
      }
    }
    return images.with(rounded);
  }

  /**
   * Refuses images that leave their bounds, which are within [0, 1], naming the component and the
   * sample.
   *
   * @param sample what a sample is called there
   */
  public static void checkRange(String component, String sample, Batch batch, Tensor emitted) {
    for (int row = 0; row < emitted.rows(); row++) {
      Bounds bounds = batch.bounds(row);
      for (int feature = 0; feature < emitted.rowSize(); feature++) {
        float value = emitted.get(row, feature);
        if (!(value >= bounds.low(feature) && value <= bounds.high(feature))) {
          throw new ComponentFailureException(
              "%s wrote %s into feature %d of %s %d; every value must be in [%s, %s]. This is a defect of the plugin"
                  .formatted(
                      component,
                      value,
                      feature,
                      sample,
                      batch.sample(row),
                      border(bounds.low(feature)),
                      border(bounds.high(feature))));
        }
      }
    }
  }

  private static String border(float value) {
    return value == (int) value ? String.valueOf((int) value) : String.valueOf(value);
  }
}
