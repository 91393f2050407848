package io.hone.plugins.datasets.numpy;

import io.hone.api.BadInputException;
import io.hone.api.run.Run;
import io.hone.numpy.NumpyArray;
import io.hone.numpy.NumpyType;
import java.util.Optional;

/** Reads one class for each image from an array, in a column or in a row. */
final class LabelArray {
  private static final int FLAGS = 2;

  private LabelArray() {}

  /**
   * Reads the labels.
   *
   * @param classes of the model, if their number is known
   * @param into takes one for each image
   * @param run is told what is assumed
   * @throws BadInputException if the array holds no class for each image
   */
  static void read(
      NumpyArray array, NumpyArray images, Optional<Integer> classes, int[] into, Run run) {
    checkShape(array, images, into.length);
    if (array.type() == NumpyType.BOOL) {
      checkFlags(array, classes);
      run.notice(array.name() + " holds True and False: False is class 0, and True is class 1");
    }
    array.readInts(0, into);
  }

  private static void checkShape(NumpyArray array, NumpyArray images, int wanted) {
    if (array.rowSize() != 1) {
      throw new BadInputException(
          array.name()
              + " has the shape "
              + array.shapeText()
              + " where one whole number per image is needed, of the shape ("
              + wanted
              + ",); "
              + advice(array, wanted));
    }
    if (array.rows() != wanted) {
      throw new BadInputException(
          array.name()
              + " holds "
              + array.rows()
              + " labels for the "
              + wanted
              + " images in "
              + images.name()
              + "; give arrays that belong together");
    }
  }

  private static String advice(NumpyArray array, int wanted) {
    if (array.rows() == wanted) {
      return "one-hot labels become numbers with array.argmax(axis=1)";
    }
    return array.rows() * array.rowSize() == wanted
        ? "labels in another shape become a column with array.reshape(-1)"
        : "give the labels of these images";
  }

  private static void checkFlags(NumpyArray array, Optional<Integer> classes) {
    if (classes.filter(count -> count != FLAGS).isPresent()) {
      throw new BadInputException(
          array.name()
              + " holds True and False, but the model has the classes 0 to "
              + (classes.get() - 1)
              + "; give the number of each image's class, or array.astype('int64') if only the"
              + " classes 0 and 1 are meant");
    }
  }
}
