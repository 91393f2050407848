package io.hone.plugins.datasets.images;

import io.hone.api.BadInputException;
import io.hone.plugins.datasets.images.ImageHeader.Inks;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes image files to numbers in [0, 1]. */
final class ImageDecoder {
  private static final int COLOR_BANDS = 3;
  private static final float LARGEST_BYTE = 255f;
  private static final int LARGEST_SAMPLE_BITS = 16;

  private ImageDecoder() {}

  /** What is read of an image file. */
  @FunctionalInterface
  interface Reading<T> {
    T read(ImageReader reader) throws IOException;
  }

  /**
   * Decodes an image and brings it to a shape.
   *
   * @throws BadInputException if the file is damaged, or too large for the memory
   */
  static float[] decode(ImageFile file, byte[] bytes, Fit fit) {
    ImageHeader header = FileCheck.check(file, bytes);
    try {
      return decode(file, bytes, header).fit(fit);
    } catch (OutOfMemoryError e) {
      BadInputException tooLarge = FileCheck.tooLarge(file, header);
      tooLarge.addSuppressed(e);
      throw tooLarge;
    }
  }

  /**
   * Decodes an image as it is stored: transparency, orientation tags and colour profiles are left
   * aside, as most tools that prepare training images do.
   */
  static Pixels decode(ImageFile file, byte[] bytes, ImageHeader header) {
    return header.inks() == Inks.NONE
        ? reading(file, bytes, ImageDecoder::plain)
        : reading(
            file, bytes, reader -> InkImage.pixels(reader.readRaster(0, null), header.inks()));
  }

  /** Returns what is read of a file's first image. */
  static <T> T reading(ImageFile file, byte[] bytes, Reading<T> reading) {
    List<String> warnings = new ArrayList<>();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw damaged(file, "no decoder takes it");
      }
      ImageReader reader = readers.next();
      try {
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        reader.setInput(in, true, true);
        T read = reading.read(reader);
        requireWhole(file, warnings);
        return read;
      } finally {
        reader.dispose();
      }
    } catch (BadInputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // A decoder meets damaged data with exceptions of many kinds.
      String reason = e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
      throw damaged(file, "it cannot be decoded" + reason);
    }
  }

  /** The JPEG decoder fills what is missing with grey and only warns. */
  private static void requireWhole(ImageFile file, List<String> warnings) {
    for (String warning : warnings) {
      if (warning.contains("Corrupt") || warning.contains("remature")) {
        throw damaged(file, warning);
      }
    }
  }

  static BadInputException damaged(ImageFile file, String what) {
    return new BadInputException(
        "image-folder: the image "
            + file.path()
            + " is damaged or of an unknown kind: "
            + what
            + "; save it again as RGB or grey PNG or JPEG, or remove it");
  }

  /** Reads an image of light, not of inks. */
  static Pixels plain(ImageReader reader) throws IOException {
    BufferedImage image = reader.read(0);
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel palette) {
      return paletted(image.getRaster(), palette);
    }
    requireWholeNumbers(image.getRaster(), model);
    if (model.getColorSpace().getType() != ColorSpace.TYPE_CMYK) {
      return direct(image.getRaster(), model);
    }
    if (model.getComponentSize(0) != Byte.SIZE) {
      throw new IOException("its inks have not 8 bits");
    }
    return InkImage.pixels(image.getRaster(), Inks.CMYK);
  }

  private static void requireWholeNumbers(Raster raster, ColorModel model) throws IOException {
    int type = raster.getDataBuffer().getDataType();
    boolean whole =
        type == DataBuffer.TYPE_BYTE
            || type == DataBuffer.TYPE_USHORT
            || type == DataBuffer.TYPE_INT;
    if (!whole || model.getComponentSize(0) > LARGEST_SAMPLE_BITS) {
      throw new IOException("its samples are not whole numbers of 8 or 16 bits");
    }
  }

  /** A palette of greys alone is how files of one, two and four bits hold grey images. */
  private static Pixels paletted(Raster raster, IndexColorModel palette) {
    int bands = isGrey(palette) ? 1 : COLOR_BANDS;
    int width = raster.getWidth();
    Pixels pixels = new Pixels(bands, raster.getHeight(), width);
    for (int row = 0; row < raster.getHeight(); row++) {
      for (int column = 0; column < width; column++) {
        int color = palette.getRGB(raster.getSample(column, row, 0));
        for (int band = 0; band < bands; band++) {
          int value = color >> Byte.SIZE * (COLOR_BANDS - 1 - band) & 0xff;
          pixels.set(band, row, column, value / LARGEST_BYTE);
        }
      }
    }
    return pixels;
  }

  private static boolean isGrey(IndexColorModel palette) {
    for (int index = 0; index < palette.getMapSize(); index++) {
      if (palette.getRed(index) != palette.getGreen(index)
          || palette.getRed(index) != palette.getBlue(index)) {
        return false;
      }
    }
    return true;
  }

  /** Reads the stored samples: getRGB would brighten grey ones, which it takes for linear. */
  private static Pixels direct(Raster raster, ColorModel model) {
    int bands = raster.getNumBands() < COLOR_BANDS ? 1 : COLOR_BANDS;
    int width = raster.getWidth();
    Pixels pixels = new Pixels(bands, raster.getHeight(), width);
    int[] samples = new int[width];
    for (int band = 0; band < bands; band++) {
      float largest = (1 << model.getComponentSize(band)) - 1;
      for (int row = 0; row < raster.getHeight(); row++) {
        raster.getSamples(0, row, width, 1, band, samples);
        for (int column = 0; column < width; column++) {
          pixels.set(band, row, column, samples[column] / largest);
        }
      }
    }
    return pixels;
  }
}
