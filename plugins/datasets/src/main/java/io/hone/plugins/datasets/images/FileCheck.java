package io.hone.plugins.datasets.images;

import io.hone.api.BadInputException;
import io.hone.api.GitLfsPointer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** Finds image files that cannot be used, so that all can be checked before the first batch. */
final class FileCheck {
  private static final int FLOATS = 4;
  private static final double SHARE_OF_MEMORY = 0.8;
  private static final long MEBIBYTE = 1 << 20;

  private FileCheck() {}

  /**
   * Returns a file's bytes.
   *
   * @throws BadInputException if it cannot be read
   */
  static byte[] content(ImageFile file) {
    try {
      return Files.readAllBytes(file.path());
    } catch (IOException e) {
      throw new BadInputException(
          "image-folder: "
              + file.path()
              + " cannot be read ("
              + e.getMessage()
              + "); check the file and its permissions",
          e);
    } catch (OutOfMemoryError e) {
      throw new BadInputException(
          "image-folder: "
              + file.path()
              + " is too large for the memory that Java may use; "
              + moreMemory(),
          e);
    }
  }

  /**
   * Returns what a file tells of its image. PNG and JPEG files are checked without decoding them;
   * of the other kinds only the decoder knows whether they are whole.
   *
   * @throws BadInputException if the file is damaged, or the image too large
   */
  static ImageHeader check(ImageFile file, byte[] bytes) {
    if (bytes.length == 0) {
      throw ImageDecoder.damaged(file, "it is empty");
    }
    if (GitLfsPointer.isPointer(bytes)) {
      throw new BadInputException("image-folder: " + GitLfsPointer.error(file.path()).getMessage());
    }
    Optional<ImageFormat> format = ImageFormat.of(bytes);
    if (format.isEmpty()) {
      throw ImageDecoder.damaged(
          file, "its content is neither PNG nor JPEG, GIF, BMP or TIFF, whatever its name");
    }
    ImageHeader header =
        switch (format.get()) {
          case PNG -> PngFile.header(file, bytes);
          case JPEG -> JpegFile.header(file, bytes);
          case GIF, BMP, TIFF -> DecodedFile.header(file, bytes);
        };
    checkMemory(file, header);
    return header;
  }

  /** Throws if an image is empty, or larger than what can be decoded. */
  static void checkMemory(ImageFile file, ImageHeader header) {
    if (header.height() < 1 || header.width() < 1) {
      throw ImageDecoder.damaged(file, "its size is " + header.size());
    }
    long pixels = (long) header.height() * header.width();
    if (pixels * header.channels() > Integer.MAX_VALUE - Byte.SIZE
        || need(header) > SHARE_OF_MEMORY * Runtime.getRuntime().maxMemory()) {
      throw tooLarge(file, header);
    }
  }

  private static long need(ImageHeader header) {
    return (long) header.height()
        * header.width()
        * (header.bytesPerPixel() + FLOATS * header.channels());
  }

  /** Returns the error for an image that does not fit into memory. */
  static BadInputException tooLarge(ImageFile file, ImageHeader header) {
    return new BadInputException(
        "image-folder: "
            + file.path()
            + " is an image of "
            + header.size()
            + " pixels, and decoding it needs about "
            + need(header) / MEBIBYTE
            + " MiB, but Java may use "
            + Runtime.getRuntime().maxMemory() / MEBIBYTE
            + " MiB; "
            + moreMemory());
  }

  private static String moreMemory() {
    return "make the image smaller, or let Java use more memory, for example with"
        + " JAVA_TOOL_OPTIONS=-Xmx8g, or fewer threads with --threads 1";
  }
}
