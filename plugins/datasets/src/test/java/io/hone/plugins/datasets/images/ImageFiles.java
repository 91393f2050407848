package io.hone.plugins.datasets.images;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

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

  /** Encodes samples as they are, without a change of colours: four bands make an image of inks. */
  static byte[] jpegOf(WritableRaster samples) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam best = writer.getDefaultWriteParam();
      best.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      best.setCompressionQuality(1);
      writer.setOutput(out);
      writer.write(null, new IIOImage(samples, null, null), best);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Puts a segment behind the start of a JPEG file. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    ByteBuffer bytes = ByteBuffer.allocate(jpeg.length + 4 + content.length);
    bytes.put(jpeg, 0, 2).put((byte) 0xff).put((byte) marker);
    bytes.putShort((short) (content.length + 2)).put(content);
    return bytes.put(jpeg, 2, jpeg.length - 2).array();
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
