package io.hone.plugins.datasets.cifar;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Sha256;
import io.hone.plugins.datasets.eightbit.EightBitImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One binary batch of CIFAR-10: 10,000 records of a label and the image's red, green and blue
 * planes.
 *
 * <p>The format has no header, so the size alone tells whether a file is whole, and whether its
 * records are CIFAR-10's.
 */
final class BatchFile {
  static final int CLASSES = 10;
  static final int IMAGES = 10_000;
  static final ImageShape SHAPE = new ImageShape(3, 32, 32);
  private static final int RECORD = 1 + SHAPE.features();
  private static final long BYTES = (long) IMAGES * RECORD;

  private final Path path;

  BatchFile(Path path) {
    this.path = path;
  }

  /**
   * Hands every image on.
   *
   * @param first the index of the first image in the whole split
   * @param hash takes in the content
   * @throws BadInputException if the file is not a whole batch with labels from 0 to 9
   */
  void read(int first, EightBitImages into, Sha256 hash) {
    byte[] content = content();
    hash.add(content);
    for (int image = 0; image < IMAGES; image++) {
      int start = image * RECORD;
      int label = Byte.toUnsignedInt(content[start]);
      if (label >= CLASSES) {
        throw damaged(
            "record " + image + " has the label " + label + ", and labels go from 0 to 9");
      }
      into.add(first + image, label, content, start + 1);
    }
  }

  private byte[] content() {
    try {
      long size = Files.size(path);
      if (size != BYTES) {
        throw damaged(sizeFault(size));
      }
      byte[] content = Files.readAllBytes(path);
      if (content.length != BYTES) {
        throw damaged(sizeFault(content.length));
      }
      return content;
    } catch (IOException e) {
      throw new BadInputException(
          path + " cannot be read (" + e.getMessage() + "); check the file and its permissions", e);
    }
  }

  private static String sizeFault(long size) {
    String records =
        size % RECORD == 0
            ? size / RECORD + " records"
            : "no whole number of records (each a label and 3 x 32 x 32 values)";
    return "it has "
        + size
        + " bytes, "
        + records
        + ", where a batch has "
        + IMAGES
        + " records in "
        + BYTES
        + " bytes";
  }

  private BadInputException damaged(String what) {
    return new BadInputException(
        path
            + " is no whole batch of CIFAR-10: "
            + what
            + "; delete it and copy it again, or take the binary version of the data set");
  }
}
