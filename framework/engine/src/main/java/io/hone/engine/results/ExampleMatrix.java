package io.hone.engine.results;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An example of each pair of label and target: a line for each label, a column for each target.
 *
 * @param sweep the name of the results without their target
 * @param distance that is told of each example: {@code l0}, {@code l1}, {@code l2} or {@code linf}
 * @param targets classes, in the order of the columns
 * @param rows by ascending label; only labels of which an attack reached some target
 */
public record ExampleMatrix(String sweep, String distance, List<Integer> targets, List<Row> rows) {
  /**
   * Returns the file that shows all examples on one sheet.
   *
   * @param results folder of a run
   * @param sweep the name of the results without their target
   */
  public static Path sheet(Path results, String sweep) {
    return results.resolve("targets").resolve(sweep + ".png");
  }

  /**
   * The examples of one label.
   *
   * @param sample index of the clean image in the whole data set
   * @param clean features of the clean image in [0, 1], channel by channel
   * @param examples by target; targets that were not reached are absent
   */
  public record Row(int label, long sample, float[] clean, Map<Integer, Example> examples) {}

  /**
   * An adversarial example.
   *
   * @param sample index in the whole data set
   * @param pixels features in [0, 1], channel by channel
   * @param distance from the sample's clean image
   */
  public record Example(long sample, float[] pixels, double distance) {}
}
