package io.hone.engine.model;

import io.hone.api.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Tells a model that is too large for the Java heap from other shortages of memory. */
final class ModelMemory {
  /**
   * How many copies of a model may be in the heap at once: the file's bytes, the graph, what the
   * gradient's graph is made of, and that graph's bytes.
   */
  private static final int COPIES = 6;

  private static final long MEGABYTE = 1L << 20;

  private ModelMemory() {}

  /**
   * Does some work on a model.
   *
   * @param model its file or folder
   * @throws BadInputException if the heap is too small for it, with how much would do
   */
  static <T> T within(Path model, Supplier<T> work) {
    try {
      return work.get();
    } catch (OutOfMemoryError e) {
      long size = megabytes(model);
      throw new BadInputException(
          model
              + ": the model of "
              + size
              + " MB does not fit into the memory that Hone may use ("
              + Runtime.getRuntime().maxMemory() / MEGABYTE
              + " MB of heap); give it more, as with HONE_JAVA_OPTIONS=-Xmx"
              + (1 + COPIES * size / 1024)
              + "g",
          e);
    }
  }

  private static long megabytes(Path model) {
    try (var files = Files.walk(model, 1)) {
      return files.filter(Files::isRegularFile).mapToLong(ModelMemory::bytes).sum() / MEGABYTE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long bytes(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
