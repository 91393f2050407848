package io.hone.report;

import io.hone.engine.results.ExampleMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An example of each pair of classes as pictures: a line for each label, a column for each target.
 * The clean image is at the label's own class.
 *
 * @param targets names of the columns
 * @param lines one for each label
 * @param drawing tells the size of the pictures
 */
record ExampleTable(List<String> targets, List<Line> lines, Drawing drawing) {
  /**
   * The examples of one label.
   *
   * @param label name of the class
   * @param cells one for each target; empty where it was not reached
   */
  record Line(String label, List<Optional<Drawing.Picture>> cells) {}

  /** Returns the pictures of a matrix. */
  static ExampleTable of(ExampleMatrix matrix, Drawing drawing) {
    FigureFormat format = FigureFormat.of(matrix.distance());
    List<Line> lines = new ArrayList<>();
    for (ExampleMatrix.Row row : matrix.rows()) {
      lines.add(
          new Line(
              drawing.name(row.label()),
              matrix.targets().stream()
                  .map(target -> picture(row, target, matrix.distance(), format, drawing))
                  .toList()));
    }
    return new ExampleTable(matrix.targets().stream().map(drawing::name).toList(), lines, drawing);
  }

  private static Optional<Drawing.Picture> picture(
      ExampleMatrix.Row row, int target, String distance, FigureFormat format, Drawing drawing) {
    String label = drawing.name(row.label());
    if (row.label() == target) {
      return Optional.of(
          drawing.picture(
              row.clean(), "Sample %d, class %s, clean".formatted(row.sample(), label), "clean"));
    }
    return Optional.ofNullable(row.examples().get(target))
        .map(
            example ->
                drawing.picture(
                    example.pixels(),
                    "Sample %d, class %s, taken for %s, %s %s"
                        .formatted(
                            example.sample(),
                            label,
                            drawing.name(target),
                            FigureLabel.of(distance),
                            format.text(example.distance())),
                    format.text(example.distance())));
  }
}
