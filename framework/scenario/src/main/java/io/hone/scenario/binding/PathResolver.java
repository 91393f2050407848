package io.hone.scenario.binding;

import io.hone.scenario.diagnostics.Spelling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds what a relative path in a file means: below the file's own folder, else below the
 * distribution.
 *
 * @param folder the file's own
 * @param distribution Hone's
 */
public record PathResolver(Path folder, Path distribution) {
  private static final int MOST_NAMES = 1000;

  /** Makes both absolute. */
  public PathResolver {
    folder = folder.toAbsolutePath().normalize();
    distribution = distribution.toAbsolutePath().normalize();
  }

  /** Returns the places that a path may mean, in the order in which they are tried. */
  public List<Path> candidates(Path path) {
    return Stream.of(folder, distribution)
        .map(base -> base.resolve(path).normalize())
        .distinct()
        .toList();
  }

  /** Returns the first candidate that exists. */
  public Optional<Path> find(Path path) {
    return candidates(path).stream().filter(Files::exists).findFirst();
  }

  /** Returns {@code "; did you mean 'x'?"} where a file of nearly that name is there. */
  String didYouMean(Path path) {
    Path name = path.getFileName();
    if (name == null) {
      return "";
    }
    return candidates(path).stream()
        .map(Path::getParent)
        .filter(parent -> parent != null && Files.isDirectory(parent))
        .flatMap(parent -> Spelling.nearest(name.toString(), names(parent)).stream())
        .findFirst()
        .map(near -> "; did you mean '" + path.resolveSibling(near) + "'?")
        .orElse("");
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.limit(MOST_NAMES).map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      // A guess is all that is lost.
      return List.of();
    }
  }
}
