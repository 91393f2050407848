package io.hone.bench;

import io.hone.engine.data.DataFolder;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that tells where data sets are. */
final class DataDirectory {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where data sets are. Default: HONE_DATA_DIR, else ~/.cache/hone/datasets.")
  private Optional<Path> folder;

  /** Returns the folder named, else the one that {@code hone} takes. */
  Path path() {
    return DataFolder.of(folder);
  }
}
