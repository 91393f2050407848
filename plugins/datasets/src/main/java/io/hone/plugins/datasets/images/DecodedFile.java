package io.hone.plugins.datasets.images;

import io.hone.plugins.datasets.images.ImageHeader.Inks;
import java.io.IOException;
import javax.imageio.ImageReader;

/**
 * A file of a kind that only its decoder can check. Its size is read first: a few bytes can claim
 * an image that fills the memory.
 */
final class DecodedFile {
  private static final int LARGEST_PIXEL_BYTES = 8;

  private DecodedFile() {}

  static ImageHeader header(ImageFile file, byte[] bytes) {
    ImageHeader claimed = ImageDecoder.reading(file, bytes, DecodedFile::claimed);
    FileCheck.checkMemory(file, claimed);
    Pixels pixels = ImageDecoder.reading(file, bytes, ImageDecoder::plain);
    return new ImageHeader(
        claimed.height(),
        claimed.width(),
        pixels.shape().channels(),
        claimed.bytesPerPixel(),
        Inks.NONE,
        false,
        false);
  }

  private static ImageHeader claimed(ImageReader reader) throws IOException {
    return new ImageHeader(
        reader.getHeight(0), reader.getWidth(0), 3, LARGEST_PIXEL_BYTES, Inks.NONE, false, false);
  }
}
