package io.hone.engine.results;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** What file systems take for names: checked before a run, not found out at its end. */
public final class FileNames {
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_PATH = 4095;
  private static final int SHOWN = 40;

  private FileNames() {}

  /**
   * Returns why no file can have a path, such as "a name in it has 300 bytes ..."; empty if one
   * can.
   *
   * @param file absolute
   */
  public static Optional<String> problem(Path file) {
    for (Path part : file) {
      int length = bytes(part);
      if (length > LONGEST_NAME) {
        return Optional.of(
            "the name '"
                + part.toString().substring(0, Math.min(SHOWN, part.toString().length()))
                + "...' has "
                + length
                + " bytes, and file systems take at most "
                + LONGEST_NAME);
      }
    }
    int length = bytes(file);
    return length > LONGEST_PATH
        ? Optional.of(
            "the path of '"
                + file.getFileName()
                + "' there has "
                + length
                + " bytes, and file systems take at most "
                + LONGEST_PATH)
        : Optional.empty();
  }

  private static int bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
