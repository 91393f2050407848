package io.hone.report;

import io.hone.api.data.ImageShape;
import io.hone.engine.results.ExampleMatrix;
import io.hone.engine.results.Gallery;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An example of each pair of label and target on one sheet, for papers and slides: a line for each
 * label, a column for each target, the distance below each picture. The clean image is at the
 * label's own class. Classes are told by their numbers.
 */
public final class ExampleSheet {
  private static final int SMALLEST_SIDE = 56;
  private static final int GAP = 8;
  private static final int MARGIN = 40;
  private static final int TEXT = BitmapDigits.HEIGHT + 10;

  private final ExampleMatrix matrix;
  private final Blocks blocks;
  private final int scale;

  private ExampleSheet(ExampleMatrix matrix, ImageShape shape) {
    this.matrix = matrix;
    this.blocks = Blocks.of(shape);
    this.scale = Math.max(1, (SMALLEST_SIDE + blocks.width() - 1) / blocks.width());
  }

  /**
   * Writes a PNG file for each step that a matrix aims at several classes, where it reached any.
   *
   * @param folder of the results; the files are {@code targets/NAME.png} in it
   * @throws IOException if a file cannot be written
   */
  public static void write(Gallery gallery, Path folder) throws IOException {
    for (ExampleMatrix matrix : gallery.matrices()) {
      if (!matrix.rows().isEmpty()) {
        Path file = ExampleMatrix.sheet(folder, matrix.sweep());
        Files.createDirectories(file.getParent());
        Files.write(file, PngEncoder.encode(new ExampleSheet(matrix, gallery.shape()).draw()));
      }
    }
  }

  private BufferedImage draw() {
    BufferedImage sheet =
        new BufferedImage(
            MARGIN + matrix.targets().size() * (width() + GAP),
            MARGIN + matrix.rows().size() * (height() + TEXT + GAP),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    graphics.dispose();
    BitmapDigits digits = new BitmapDigits(sheet);
    for (int column = 0; column < matrix.targets().size(); column++) {
      digits.draw(
          Integer.toString(matrix.targets().get(column)), x(column) + width() / 2, MARGIN / 3);
    }
    for (int line = 0; line < matrix.rows().size(); line++) {
      draw(matrix.rows().get(line), line, sheet, digits);
    }
    return sheet;
  }

  private void draw(ExampleMatrix.Row row, int line, BufferedImage sheet, BitmapDigits digits) {
    int top = MARGIN + line * (height() + TEXT + GAP);
    digits.draw(
        Integer.toString(row.label()), MARGIN / 2, top + (height() - BitmapDigits.HEIGHT) / 2);
    FigureFormat format = FigureFormat.of(matrix.distance());
    for (int column = 0; column < matrix.targets().size(); column++) {
      int target = matrix.targets().get(column);
      ExampleMatrix.Example example = row.examples().get(target);
      if (row.label() == target) {
        paste(row.clean(), sheet, x(column), top);
      } else if (example != null) {
        paste(example.pixels(), sheet, x(column), top);
        digits.draw(format.text(example.distance()), x(column) + width() / 2, top + height() + 4);
      }
    }
  }

  private void paste(float[] pixels, BufferedImage sheet, int left, int top) {
    BufferedImage picture = Bitmap.of(pixels, blocks);
    for (int y = 0; y < height(); y++) {
      for (int x = 0; x < width(); x++) {
        sheet.setRGB(left + x, top + y, rgb(picture, x / scale, y / scale));
      }
    }
  }

  /** Java converts grey values to its own idea of brightness: the level itself is taken. */
  private static int rgb(BufferedImage picture, int x, int y) {
    int[] samples = picture.getRaster().getPixel(x, y, (int[]) null);
    return samples.length == 1
        ? samples[0] << 16 | samples[0] << 8 | samples[0]
        : samples[0] << 16 | samples[1] << 8 | samples[2];
  }

  private int x(int column) {
    return MARGIN + column * (width() + GAP);
  }

  private int width() {
    return blocks.width() * scale;
  }

  private int height() {
    return blocks.height() * scale;
  }
}
