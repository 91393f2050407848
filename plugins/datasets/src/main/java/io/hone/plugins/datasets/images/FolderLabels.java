package io.hone.plugins.datasets.images;

import io.hone.api.BadInputException;
import io.hone.api.DatasetRequest;
import io.hone.api.data.Dataset;
import io.hone.api.run.Run;
import io.hone.api.run.TrustFlag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which class each folder of images means. A label is never a guess from a folder's place among
 * folders that may be incomplete: either names decide, or numbers, or the set of folders is as
 * large as the model's set of classes.
 *
 * @param labels the class of each folder by the folder's name, or {@link Dataset#NO_LABEL}
 * @param classNames in the order of the classes; empty if they have none
 */
record FolderLabels(Map<String, Integer> labels, List<String> classNames) {
  private static final String HOW_TO_LIST =
      "list the folders' names in the order of the model's classes as `classes: [...]`, or one on"
          + " each line of a text file as `names: FILE`";
  static final String HOW_TO_NAME =
      "tell which class a folder is: "
          + HOW_TO_LIST
          + ", or write the model's class names on a card as `output.names`";

  int label(ClassFolder folder) {
    return labels.get(folder.name());
  }

  /**
   * Decides what folders mean.
   *
   * @param folders at least one
   * @param written names that the user gave; empty for none
   * @throws BadInputException if it cannot be decided
   */
  static FolderLabels of(
      List<ClassFolder> folders, List<String> written, DatasetRequest request, Run run) {
    if (!written.isEmpty()) {
      checkWritten(written, request.classes());
      return byName(folders, new ClassNames(written), "that `classes` or `names` lists", run);
    }
    if (!request.classNames().isEmpty()) {
      return byName(folders, new ClassNames(request.classNames()), "of the model", run);
    }
    boolean numbered = folders.stream().allMatch(NumberedFolders::isNumber);
    if (request.classes().isEmpty()) {
      return byOrder(numbered ? new NumberedFolders(folders).ascending() : byName(folders), run);
    }
    int classes = request.classes().get();
    if (numbered) {
      return new NumberedFolders(folders).labels(classes, run);
    }
    if (folders.size() == classes) {
      List<ClassFolder> sorted = byName(folders);
      FolderOrder order = new FolderOrder(sorted.stream().map(ClassFolder::name).toList());
      order
          .contradicted()
          .ifPresent(
              place -> {
                throw contradicted(order, place);
              });
      FolderLabels labels = byOrder(sorted, run);
      order.doubt().ifPresent(doubt -> distrustOrder(doubt, run));
      distrustEmpty(sorted, run);
      return labels;
    }
    if (folders.size() == 1) {
      return unlabelled(folders.get(0), classes, run);
    }
    throw undecided(folders, classes);
  }

  private static void checkWritten(List<String> written, Optional<Integer> classes) {
    new ClassNames(written)
        .repeated()
        .ifPresent(
            name -> {
              throw new BadInputException(
                  "image-folder: the class name '" + name + "' is given twice; give each once");
            });
    if (classes.filter(count -> count != written.size()).isPresent()) {
      throw new BadInputException(
          "image-folder: "
              + written.size()
              + " class names are given, but the model has "
              + classes.get()
              + " classes; give one name for each class, in their order");
    }
  }

  private static FolderLabels byName(
      List<ClassFolder> folders, ClassNames names, String whose, Run run) {
    Map<String, Integer> labels = new HashMap<>();
    for (ClassFolder folder : folders) {
      List<Integer> classes = names.classesOf(folder.name());
      if (classes.isEmpty()) {
        throw new BadInputException(
            "image-folder: "
                + folder.path()
                + (folder.isEmpty() ? ", which holds no images," : "")
                + " is named like no class "
                + whose
                + " ("
                + ClassNames.shown(names.names())
                + ")"
                + names.didYouMean(folder.name())
                + "; rename or remove it"
                + (folders.stream().noneMatch(other -> names.has(other.name()))
                    ? ", or " + HOW_TO_LIST
                    : ""));
      }
      if (classes.size() > 1) {
        throw new BadInputException(
            "image-folder: "
                + folder.path()
                + " may be any of the classes "
                + classes
                + ", which have the same name; rename it, and "
                + HOW_TO_LIST);
      }
      labels.put(folder.name(), classes.get(0));
    }
    tellEmpty(folders, run);
    return new FolderLabels(labels, names.names());
  }

  static void tellEmpty(List<ClassFolder> folders, Run run) {
    List<String> empty =
        folders.stream().filter(ClassFolder::isEmpty).map(ClassFolder::name).sorted().toList();
    if (!empty.isEmpty()) {
      run.notice("image-folder: no images in the folders " + ClassNames.shown(empty));
    }
  }

  private static BadInputException contradicted(FolderOrder order, int place) {
    return new BadInputException(
        "image-folder: the folder '"
            + order.names().get(place)
            + "' would be class "
            + place
            + ", its place among the folders ("
            + ClassNames.shown(order.names())
            + "), because some names are no numbers and the model does not name its classes; remove"
            + " what is no class, or "
            + HOW_TO_NAME);
  }

  private static void distrustOrder(String doubt, Run run) {
    run.distrust(
        new TrustFlag(
            TrustFlag.ASSUMED_LABELS,
            "the model's classes are taken to be the folders in the order of letters, and "
                + doubt
                + ". If the model was trained with the other order, "
                + HOW_TO_NAME
                + "."));
  }

  /** A folder that is no class would shift the classes behind it, and an empty one may be such. */
  private static void distrustEmpty(List<ClassFolder> sorted, Run run) {
    List<String> empty =
        sorted.stream().filter(ClassFolder::isEmpty).map(ClassFolder::name).toList();
    if (!empty.isEmpty()) {
      run.distrust(
          new TrustFlag(
              TrustFlag.ASSUMED_LABELS,
              "the model's classes are taken to be the folders in their order, among them folders"
                  + " without images ("
                  + ClassNames.shown(empty)
                  + "). If such a folder is no class, the labels behind it are wrong. Then remove"
                  + " it, and "
                  + HOW_TO_NAME
                  + "."));
    }
  }

  private static List<ClassFolder> byName(List<ClassFolder> folders) {
    return folders.stream().sorted(Comparator.comparing(ClassFolder::name)).toList();
  }

  private static FolderLabels byOrder(List<ClassFolder> sorted, Run run) {
    Map<String, Integer> labels = new HashMap<>();
    List<String> names = new ArrayList<>();
    for (ClassFolder folder : sorted) {
      if (labels.put(folder.name(), names.size()) != null) {
        throw new BadInputException(
            "image-folder: two folders are named '"
                + folder.name()
                + "', which Unicode can write in two ways; put their images into one folder");
      }
      names.add(folder.name());
    }
    tellEmpty(sorted, run);
    run.notice(
        "image-folder: the model names no classes, so its classes are the folders in their order: "
            + ClassNames.shown(
                IntStream.range(0, names.size())
                    .mapToObj(label -> label + " = " + names.get(label))
                    .toList()));
    return new FolderLabels(labels, names);
  }

  /** One folder tells no classes apart: it is a folder of photos rather than a class. */
  private static FolderLabels unlabelled(ClassFolder folder, int classes, Run run) {
    run.distrust(
        new TrustFlag(
            TrustFlag.ASSUMED_LABELS,
            "all images are in the one folder '"
                + folder.name()
                + "', and the model does not name its "
                + classes
                + " classes, so the images are taken to have no labels: the model's own predictions"
                + " are used. If the folder is a class, "
                + HOW_TO_NAME
                + "."));
    return new FolderLabels(Map.of(folder.name(), Dataset.NO_LABEL), List.of());
  }

  private static BadInputException undecided(List<ClassFolder> folders, int classes) {
    List<String> found = byName(folders).stream().map(ClassFolder::name).toList();
    List<String> empty =
        byName(folders).stream().filter(ClassFolder::isEmpty).map(ClassFolder::name).toList();
    List<String> strays =
        byName(folders).stream()
            .filter(folder -> !NumberedFolders.isNumber(folder))
            .map(ClassFolder::name)
            .toList();
    return new BadInputException(
        "image-folder: "
            + folders.size()
            + " class folders were found ("
            + ClassNames.shown(found)
            + "), but the model has "
            + classes
            + " classes and does not name them, so the order of the folders does not tell their"
            + " classes"
            + (empty.isEmpty() ? "" : "; without images: " + ClassNames.shown(empty))
            + (strays.size() < folders.size() && strays.size() <= folders.size() / 2
                ? "; not a number as the others are: " + ClassNames.shown(strays)
                : "")
            + "; remove what is no class, or "
            + HOW_TO_NAME);
  }
}
