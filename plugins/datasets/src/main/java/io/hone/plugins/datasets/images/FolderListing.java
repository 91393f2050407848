package io.hone.plugins.datasets.images;

import io.hone.api.component.BadInputException;
import io.hone.api.data.Dataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The image files below a folder in an order that does not depend on the machine.
 *
 * @param files at least one, sorted by name
 * @param classNames in the order of the labels; empty where there are no labels
 */
record FolderListing(List<ImageFile> files, List<String> classNames) {
  private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg");
  private static final int NAMES_SHOWN = 20;

  /**
   * Lists images whose class is the sub-folder they lie in, at any depth of it.
   *
   * @param known the model's class names; empty if the sub-folders in their order are the classes
   */
  static FolderListing labelled(Path folder, List<String> known) {
    List<Path> folders = children(folder).filter(Files::isDirectory).toList();
    List<Path> loose = children(folder).filter(FolderListing::isImage).toList();
    if (!loose.isEmpty()) {
      throw new BadInputException(
          "image-folder: "
              + loose.get(0)
              + " lies in no class folder; put it into the folder of its class, or add `labels:"
              + " predicted` if there are no labels");
    }
    List<String> names =
        known.isEmpty() ? folders.stream().map(FolderListing::name).toList() : known;
    List<ImageFile> files = new ArrayList<>();
    for (Path classFolder : folders) {
      int label = names.indexOf(name(classFolder));
      if (label < 0) {
        throw new BadInputException(
            "image-folder: "
                + classFolder
                + " is named like no class of the model ("
                + shown(names)
                + "); rename or remove it");
      }
      addImages(folder, classFolder, label, files);
    }
    return new FolderListing(sorted(folder, files), names);
  }

  /** Lists images without labels, at any depth. */
  static FolderListing unlabelled(Path folder) {
    List<ImageFile> files = new ArrayList<>();
    addImages(folder, folder, Dataset.NO_LABEL, files);
    return new FolderListing(sorted(folder, files), List.of());
  }

  private static void addImages(Path root, Path folder, int label, List<ImageFile> into) {
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      walk.filter(FolderListing::isImage)
          .filter(path -> !isHidden(root.relativize(path)))
          .map(path -> new ImageFile(path, slashed(root.relativize(path)), label))
          .forEach(into::add);
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(folder, e);
    }
  }

  private static List<ImageFile> sorted(Path folder, List<ImageFile> files) {
    if (files.isEmpty()) {
      throw new BadInputException(
          "image-folder: "
              + folder
              + " holds no images ("
              + String.join(", ", ENDINGS)
              + "); name a folder with one sub-folder of images for each class");
    }
    return files.stream().sorted(Comparator.comparing(ImageFile::name)).toList();
  }

  private static Stream<Path> children(Path folder) {
    try (Stream<Path> list = Files.list(folder)) {
      return list
          .filter(path -> !isHidden(path.getFileName()))
          .sorted(Comparator.comparing(FolderListing::name))
          .toList()
          .stream();
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(folder, e);
    }
  }

  private static boolean isImage(Path path) {
    String name = name(path).toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith) && Files.isRegularFile(path);
  }

  /** Desktops leave files behind whose names start with a dot and look like images. */
  private static boolean isHidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static String slashed(Path relative) {
    return Stream.iterate(0, index -> index < relative.getNameCount(), index -> index + 1)
        .map(index -> relative.getName(index).toString())
        .collect(Collectors.joining("/"));
  }

  private static String shown(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())));
    return names.size() > NAMES_SHOWN ? first + ", ..." : first;
  }

  private static BadInputException unreadable(Path folder, Exception e) {
    return new BadInputException(
        "image-folder: "
            + folder
            + " cannot be listed ("
            + e.getMessage()
            + "); check the folder and its permissions",
        e);
  }
}
