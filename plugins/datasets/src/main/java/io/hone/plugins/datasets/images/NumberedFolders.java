package io.hone.plugins.datasets.images;

import io.hone.api.BadInputException;
import io.hone.api.run.Run;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Folders whose names are the numbers of their classes. */
final class NumberedFolders {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  private final List<ClassFolder> ascending;

  /** Creates a view of folders whose names are all numbers. */
  NumberedFolders(List<ClassFolder> folders) {
    this.ascending =
        folders.stream()
            .sorted(Comparator.comparing(NumberedFolders::number).thenComparing(ClassFolder::name))
            .toList();
  }

  static boolean isNumber(ClassFolder folder) {
    return NUMBER.matcher(folder.name()).matches();
  }

  private static BigInteger number(ClassFolder folder) {
    return new BigInteger(folder.name());
  }

  List<ClassFolder> ascending() {
    return ascending;
  }

  /** Folders that are numbers are the classes of these numbers, whatever else is there. */
  FolderLabels labels(int classes, Run run) {
    Map<String, Integer> labels = new HashMap<>();
    Map<Integer, String> taken = new HashMap<>();
    for (ClassFolder folder : ascending) {
      if (number(folder).compareTo(BigInteger.valueOf(classes)) >= 0) {
        throw outOfRange(folder, classes);
      }
      int label = number(folder).intValue();
      String other = taken.put(label, folder.name());
      if (other != null) {
        throw new BadInputException(
            "image-folder: the folders '"
                + other
                + "' and '"
                + folder.name()
                + "' are both class "
                + label
                + "; put their images into one folder");
      }
      labels.put(folder.name(), label);
    }
    FolderLabels.tellEmpty(ascending, run);
    run.notice(
        "image-folder: the folders' names are numbers and are taken for the classes 0 to "
            + (classes - 1)
            + missing(taken, classes));
    return new FolderLabels(
        labels, IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  private String missing(Map<Integer, String> taken, int classes) {
    if (taken.size() == classes) {
      return "";
    }
    return "; "
        + (classes - taken.size())
        + " of them have no folder"
        + (taken.containsKey(0)
            ? ""
            : ", class 0 among them: if these folders are counted from 1, the folder '"
                + ascending.get(0).name()
                + "' is not class "
                + number(ascending.get(0))
                + "; then give the folders in the order of the classes as `classes: [...]` or"
                + " `names: FILE`");
  }

  private BadInputException outOfRange(ClassFolder folder, int classes) {
    boolean fromOne =
        number(ascending.get(0)).signum() > 0
            && number(ascending.get(ascending.size() - 1)).equals(BigInteger.valueOf(classes));
    return new BadInputException(
        "image-folder: "
            + folder.path()
            + " stands for class "
            + folder.name()
            + ", but the model has the classes 0 to "
            + (classes - 1)
            + (fromOne
                ? "; the folders seem to be counted from 1: rename them, or "
                    + FolderLabels.HOW_TO_NAME
                : "; rename or remove it, or " + FolderLabels.HOW_TO_NAME));
  }
}
