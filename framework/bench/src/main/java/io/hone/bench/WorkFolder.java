package io.hone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A temporary folder, deleted in the end.
 *
 * @param path of the folder
 */
record WorkFolder(Path path) implements AutoCloseable {
  /** Creates an empty one. */
  static WorkFolder create() throws IOException {
    return new WorkFolder(Files.createTempDirectory("hone-bench"));
  }

  @Override
  public void close() throws IOException {
    // Links are deleted, never what they lead to.
    try (Stream<Path> below = Files.walk(path)) {
      for (Path file : (Iterable<Path>) below.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    }
  }
}
