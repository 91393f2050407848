package io.hone.engine.data;

import java.nio.file.Path;
import java.util.Optional;

/** Where data sets are, by the rule that every command follows. */
public final class DataFolder {
  private static final String VARIABLE = "HONE_DATA_DIR";

  private DataFolder() {}

  /**
   * Returns the folder given, else the one that the environment variable {@code HONE_DATA_DIR}
   * names, else {@code ~/.cache/hone/datasets}; absolute, and not looked at.
   */
  public static Path of(Optional<Path> given) {
    return given
        .or(() -> environment(System.getenv(VARIABLE)))
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "hone", "datasets"))
        .toAbsolutePath()
        .normalize();
  }

  private static Optional<Path> environment(String value) {
    return value == null || value.isBlank() ? Optional.empty() : Optional.of(Path.of(value));
  }
}
