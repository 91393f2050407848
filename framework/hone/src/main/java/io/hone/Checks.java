package io.hone;

import io.hone.api.BadInputException;
import io.hone.api.data.Tensor;

/** What is demanded of values that a program hands over. */
final class Checks {
  private Checks() {}

  static long positive(String name, long value) {
    if (value < 1) {
      throw new BadInputException(name + " is " + value + "; it must be at least 1");
    }
    return value;
  }

  /**
   * Demands images in [0, 1] with a label each.
   *
   * @throws BadInputException naming the first image that is wrong
   */
  static void images(Tensor images, int[] labels) {
    if (images.rank() != 4) {
      throw new BadInputException(
          "images have "
              + images.rank()
              + " axes; give [N, C, H, W]: number, channels, height, width");
    }
    if (images.rows() == 0) {
      throw new BadInputException("there are no images; give at least one");
    }
    if (labels.length != images.rows()) {
      throw new BadInputException(
          images.rows() + " images have " + labels.length + " labels; give a label for each image");
    }
    for (int row = 0; row < images.rows(); row++) {
      for (int feature = 0; feature < images.rowSize(); feature++) {
        float value = images.get(row, feature);
        if (!(value >= 0 && value <= 1)) {
          throw new BadInputException(
              "image "
                  + row
                  + " has the value "
                  + value
                  + (value > 1 && value <= 255
                      ? "; values are in [0, 1], so divide grey values by 255"
                      : "; values must be in [0, 1]"));
        }
      }
    }
  }
}
