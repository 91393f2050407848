package io.hone.cli;

import io.hone.api.data.ImageShape;
import io.hone.api.geometry.EightBit;
import io.hone.numpy.NumpyArray;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** The saved images of a run as PNG files: {@code pictures/STEP/SAMPLE.png}, rounded to 8 bits. */
final class PictureFiles {
  /** Sizes of an array of images; labels, samples and predictions have one. */
  private static final int IMAGE_SIZES = 4;

  private static final int COLOURS = 3;

  private final Path results;

  PictureFiles(Path results) {
    this.results = results;
  }

  /** Writes a picture of every saved image of every step. */
  void write() throws IOException {
    Path arrays = results.resolve("arrays");
    if (!Files.isDirectory(arrays)) {
      return;
    }
    try (NumpyArray samples = NumpyArray.open(arrays.resolve("samples.npy"));
        Stream<Path> files = Files.list(arrays)) {
      for (Path file : files.sorted().toList()) {
        try (NumpyArray array = NumpyArray.open(file)) {
          if (array.shape().length == IMAGE_SIZES) {
            write(file, array, samples);
          }
        }
      }
    }
  }

  private void write(Path file, NumpyArray images, NumpyArray samples) throws IOException {
    String step = file.getFileName().toString().replaceFirst("\\.npy$", "");
    Path folder = Files.createDirectories(results.resolve("pictures").resolve(step));
    long[] sizes = images.shape();
    ImageShape shape = new ImageShape((int) sizes[1], (int) sizes[2], (int) sizes[3]);
    float[] pixels = new float[shape.features()];
    long[] sample = new long[1];
    for (long row = 0; row < images.rows(); row++) {
      images.readFloats(row, pixels);
      samples.readLongs(row, sample);
      ImageIO.write(picture(shape, pixels), "png", folder.resolve(sample[0] + ".png").toFile());
    }
  }

  /** Returns grey levels for one channel, colours for three; of other images the first channel. */
  private static BufferedImage picture(ImageShape shape, float[] pixels) {
    boolean colour = shape.channels() == COLOURS;
    BufferedImage picture =
        new BufferedImage(
            shape.width(),
            shape.height(),
            colour ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY);
    int[] levels = new int[colour ? COLOURS : 1];
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        for (int channel = 0; channel < levels.length; channel++) {
          levels[channel] = EightBit.level(pixels[shape.feature(channel, row, column)]);
        }
        // Levels go in as they are: setRGB would convert grey between colour spaces.
        picture.getRaster().setPixel(column, row, levels);
      }
    }
    return picture;
  }
}
