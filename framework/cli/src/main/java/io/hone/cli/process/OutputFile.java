package io.hone.cli.process;

import io.hone.api.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command writes. */
public final class OutputFile {
  private OutputFile() {}

  /**
   * Finds what is in the way of writing a file, before any work is done.
   *
   * @throws BadInputException if it exists and must not be replaced, or its folder does not
   */
  public static void check(Path file, boolean overwrite) {
    Path absolute = file.toAbsolutePath();
    if (Files.isDirectory(absolute)) {
      throw new BadInputException("--out: " + file + " is a folder; name a file");
    }
    if (Files.exists(absolute) && !overwrite) {
      throw new BadInputException(
          "--out: " + file + " exists; give --overwrite to replace it, or another name");
    }
    if (!Files.isDirectory(absolute.getParent())) {
      throw new BadInputException(
          "--out: the folder " + absolute.getParent() + " does not exist; create it");
    }
    if (!Files.isWritable(Files.exists(absolute) ? absolute : absolute.getParent())) {
      throw new BadInputException("--out: " + file + " cannot be written; name another file");
    }
  }
}
