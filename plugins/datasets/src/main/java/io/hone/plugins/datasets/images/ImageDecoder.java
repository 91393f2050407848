package io.hone.plugins.datasets.images;

import io.hone.api.component.BadInputException;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
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

/** Decodes PNG and JPEG files to numbers in [0, 1]. */
final class ImageDecoder {
  private static final int COLOR_BANDS = 3;
  private static final float LARGEST_BYTE = 255f;

  private ImageDecoder() {}

  /**
   * Decodes an image as it is stored: transparency, orientation tags and colour profiles are left
   * aside, as most tools that prepare training images do.
   */
  static Pixels decode(ImageFile file, byte[] bytes) {
    List<String> warnings = new ArrayList<>();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw damaged(file, "it is neither PNG nor JPEG");
      }
      ImageReader reader = readers.next();
      try {
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        reader.setInput(in, true, true);
        BufferedImage image = reader.read(0);
        requireWhole(file, warnings);
        return pixels(image);
      } finally {
        reader.dispose();
      }
    } catch (BadInputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // A decoder meets damaged data with exceptions of many kinds.
      throw damaged(file, "it cannot be decoded (" + e.getMessage() + ")");
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

  private static Pixels pixels(BufferedImage image) {
    return image.getColorModel() instanceof IndexColorModel palette
        ? paletted(image.getRaster(), palette)
        : direct(image.getRaster(), image.getColorModel());
  }

  private static Pixels paletted(Raster raster, IndexColorModel palette) {
    int width = raster.getWidth();
    Pixels pixels = new Pixels(COLOR_BANDS, raster.getHeight(), width);
    for (int row = 0; row < raster.getHeight(); row++) {
      for (int column = 0; column < width; column++) {
        int color = palette.getRGB(raster.getSample(column, row, 0));
        for (int band = 0; band < COLOR_BANDS; band++) {
          int value = color >> Byte.SIZE * (COLOR_BANDS - 1 - band) & 0xff;
          pixels.set(band, row, column, value / LARGEST_BYTE);
        }
      }
    }
    return pixels;
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
