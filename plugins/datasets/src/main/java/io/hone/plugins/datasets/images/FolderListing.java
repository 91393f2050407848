package io.hone.plugins.datasets.images;

import io.hone.api.BadInputException;
import io.hone.api.DatasetRequest;
import io.hone.api.data.Dataset;
import io.hone.api.run.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The image files below a folder in an order that does not depend on the machine.
 *
 * @param files at least one, sorted by name
 * @param classNames in the order of the labels; empty where there are no labels
 */
record FolderListing(List<ImageFile> files, List<String> classNames) {
  private static final char REPLACEMENT = '\ufffd';

  /**
   * Lists images whose class is the sub-folder they are in, at any depth of it.
   *
   * @param written the names of class folders in the order of the classes; empty if not given
   */
  static FolderListing labelled(
      Path folder, List<String> written, DatasetRequest request, Run run) {
    List<Path> loose = children(folder).stream().filter(FolderListing::isImage).toList();
    if (!loose.isEmpty()) {
      throw new BadInputException(
          "image-folder: "
              + loose.get(0)
              + " is in no class folder; put it into the folder of its class, or add `labels:"
              + " predicted` if there are no labels");
    }
    SkippedFiles skipped = new SkippedFiles();
    Map<ClassFolder, List<Path>> images = new LinkedHashMap<>();
    for (Path child : children(folder)) {
      if (Files.isDirectory(child)) {
        List<Path> inside = images(folder, child, skipped);
        images.put(new ClassFolder(child, ClassNames.composed(name(child)), inside.size()), inside);
      }
    }
    requireSome(folder, images.values().stream().mapToInt(List::size).sum(), skipped);
    FolderLabels labels = FolderLabels.of(List.copyOf(images.keySet()), written, request, run);
    tell(skipped, run);
    List<ImageFile> files = new ArrayList<>();
    images.forEach(
        (classFolder, inside) ->
            inside.forEach(path -> files.add(file(folder, path, labels.label(classFolder)))));
    return new FolderListing(sorted(files), labels.classNames());
  }

  /** Lists images without labels, at any depth. */
  static FolderListing unlabelled(Path folder, Run run) {
    SkippedFiles skipped = new SkippedFiles();
    List<Path> images = images(folder, folder, skipped);
    requireSome(folder, images.size(), skipped);
    tell(skipped, run);
    return new FolderListing(
        sorted(images.stream().map(path -> file(folder, path, Dataset.NO_LABEL)).toList()),
        List.of());
  }

  private static void requireSome(Path folder, int images, SkippedFiles skipped) {
    if (images == 0) {
      throw new BadInputException(
          "image-folder: "
              + folder
              + " holds no images that can be read ("
              + ImageFormat.allEndings()
              + ")"
              + (skipped.isEmpty()
                  ? "; name a folder with one sub-folder of images for each class"
                  : "; " + skipped.describe() + "; convert them to PNG"));
    }
  }

  private static void tell(SkippedFiles skipped, Run run) {
    if (!skipped.isEmpty()) {
      run.notice("image-folder: " + skipped.describe());
    }
  }

  private static ImageFile file(Path root, Path path, int label) {
    return new ImageFile(path, slashed(root.relativize(path)), label);
  }

  private static List<Path> images(Path root, Path folder, SkippedFiles skipped) {
    List<Path> images = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      // A link that leads nowhere is neither a folder nor a file, but must not vanish silently.
      walk.filter(path -> !Files.isDirectory(path))
          .filter(path -> !isHidden(root.relativize(path)))
          .forEach(
              path -> {
                requireReadableName(path);
                if (isImage(path)) {
                  images.add(path);
                } else {
                  skipped.add(path);
                }
              });
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(folder, e);
    }
    return images;
  }

  private static List<ImageFile> sorted(List<ImageFile> files) {
    return files.stream().sorted(Comparator.comparing(ImageFile::name)).toList();
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> list = Files.list(folder)) {
      List<Path> children =
          list.filter(path -> !isHidden(path.getFileName()))
              .sorted(Comparator.comparing(FolderListing::name))
              .toList();
      children.forEach(FolderListing::requireReadableName);
      return children;
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(folder, e);
    }
  }

  /**
   * Refuses a name that Java cannot decode: in a locale without UTF-8 all letters beyond ASCII look
   * the same, so that different classes would be one.
   */
  private static void requireReadableName(Path path) {
    String name = name(path);
    if (name.chars().allMatch(letter -> letter < 0x80 && letter != '?')) {
      return;
    }
    boolean readable;
    try {
      readable = name.indexOf(REPLACEMENT) < 0 && Files.exists(path.resolveSibling(name));
    } catch (InvalidPathException e) {
      readable = false;
    }
    if (!readable) {
      throw new BadInputException(
          "image-folder: the name of "
              + path
              + " cannot be read in this locale, so its class is not known; run Hone in a locale"
              + " with UTF-8 such as LC_ALL=C.UTF-8, or rename it");
    }
  }

  private static boolean isImage(Path path) {
    return ImageFormat.isReadable(name(path)) && Files.isRegularFile(path);
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

  private static BadInputException unreadable(Path folder, Exception e) {
    Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
    if (cause instanceof FileSystemLoopException loop) {
      return new BadInputException(
          "image-folder: "
              + link(Path.of(loop.getFile()))
              + " is a link to a folder that it is in, so the images below it would never end;"
              + " remove the link",
          e);
    }
    if (cause instanceof AccessDeniedException denied) {
      return new BadInputException(
          "image-folder: "
              + denied.getFile()
              + " cannot be listed (no permission); let the user who runs Hone read it",
          e);
    }
    return new BadInputException(
        "image-folder: "
            + folder
            + " cannot be listed ("
            + cause.getMessage()
            + "); check the folder and its permissions",
        e);
  }

  /** The walk names the folder that it met again, which may be below the link to one above. */
  private static Path link(Path place) {
    for (Path path = place; path != null; path = path.getParent()) {
      if (Files.isSymbolicLink(path)) {
        return path;
      }
    }
    return place;
  }
}
