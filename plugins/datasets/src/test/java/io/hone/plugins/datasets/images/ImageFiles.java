package io.hone.plugins.datasets.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes image files for tests. */
final class ImageFiles {
  private ImageFiles() {}

  /** The samples, from 0, of the pixel at a place: one of a grey image, three of a coloured one. */
  @FunctionalInterface
  interface Painter {
    int[] samples(int row, int column);
  }

  static BufferedImage color(int height, int width, Painter painter) {
    return paint(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), painter);
  }

  static BufferedImage grey(int height, int width, Painter painter) {
    return paint(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), painter);
  }

  private static BufferedImage paint(BufferedImage image, Painter painter) {
    for (int row = 0; row < image.getHeight(); row++) {
      for (int column = 0; column < image.getWidth(); column++) {
        image.getRaster().setPixel(column, row, painter.samples(row, column));
      }
    }
    return image;
  }

  static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("no encoder for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Path write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
