package io.hone.bench;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where Hone's sources are, with its models, scenarios and the scripts of peers. */
final class Checkout {
  @Option(
      names = "--checkout",
      paramLabel = "DIR",
      defaultValue = "",
      description = "Hone's sources. Default: the working folder.")
  private Path folder;

  /** Returns the folder. */
  Path path() {
    return folder.toAbsolutePath();
  }
}
