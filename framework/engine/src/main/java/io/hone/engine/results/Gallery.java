package io.hone.engine.results;

import io.hone.api.data.ImageShape;
import java.util.List;
import java.util.Map;

/**
 * Pictures of a run: a few samples through every step, and examples of each pair of classes.
 *
 * @param shape of the images
 * @param classNames names of the classes, or empty
 * @param rows one per sample
 * @param matrices one for each step that a matrix aims at several classes
 */
public record Gallery(
    ImageShape shape, List<String> classNames, List<Row> rows, List<ExampleMatrix> matrices) {
  /** Creates the pictures of a run whose steps aim at one class each. */
  public Gallery(ImageShape shape, List<String> classNames, List<Row> rows) {
    this(shape, classNames, rows, List.of());
  }

  /**
   * One sample.
   *
   * @param sample index in the whole data set
   * @param label true class
   * @param target class wanted, or -1
   * @param pictures by entry name, {@code clean} first; entries the sample did not reach are absent
   */
  public record Row(long sample, int label, int target, Map<String, Picture> pictures) {}

  /**
   * One image.
   *
   * @param pixels features in [0, 1], channel by channel
   * @param predicted class that the step's classifier sees, or -1
   * @param success whether it meets the goal
   */
  public record Picture(float[] pixels, int predicted, boolean success) {}
}
