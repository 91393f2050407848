package io.hone.core.binding;

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
}
