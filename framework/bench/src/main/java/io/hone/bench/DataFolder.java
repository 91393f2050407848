package io.hone.bench;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where data sets lie. */
final class DataFolder {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where data sets lie. Default: HONE_DATA_DIR, else ~/.cache/hone/datasets.")
  private Optional<Path> folder;

  /** Returns the folder named, else the one that {@code hone} takes. */
  Path path() {
    return folder.orElseGet(DataFolder::installed).toAbsolutePath();
  }

  private static Path installed() {
    String environment = System.getenv("HONE_DATA_DIR");
    return environment == null || environment.isBlank()
        ? Path.of(System.getProperty("user.home"), ".cache", "hone", "datasets")
        : Path.of(environment);
  }
}
