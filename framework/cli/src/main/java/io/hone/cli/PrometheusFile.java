package io.hone.cli;

import io.hone.api.BadInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that a run's meters go to; it replaces none but a file of meters. */
final class PrometheusFile {
  private static final String OPTION = "--prometheus: ";

  private final Path file;

  PrometheusFile(Path file) {
    this.file = file;
  }

  /**
   * Finds what is in the way of writing the file, before any work is done.
   *
   * @throws BadInputException if it is a folder, holds something else than meters, or cannot be
   *     written
   */
  void check() {
    Path absolute = file.toAbsolutePath();
    if (Files.isDirectory(absolute)) {
      throw new BadInputException(OPTION + file + " is a folder; name a file");
    }
    if (!Files.isDirectory(absolute.getParent())) {
      throw new BadInputException(
          OPTION + "the folder " + absolute.getParent() + " does not exist; create it");
    }
    boolean exists = Files.exists(absolute);
    if (!Files.isWritable(exists ? absolute : absolute.getParent())) {
      throw new BadInputException(OPTION + file + " cannot be written; name another file");
    }
    if (exists && Files.isRegularFile(absolute) && !holdsMeters(absolute)) {
      throw new BadInputException(
          OPTION
              + file
              + " exists and holds no meters of Hone; name another file, or delete it first");
    }
  }

  /** Returns whether a file is empty or begins as Prometheus text does. */
  private static boolean holdsMeters(Path file) {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      String first = lines.readLine();
      return first == null || first.startsWith("# HELP ") || first.startsWith("# TYPE ");
    } catch (IOException e) {
      throw new BadInputException(
          OPTION + file + " cannot be read (" + e.getMessage() + "); name another file", e);
    }
  }

  void write(String meters) throws IOException {
    Files.writeString(file, meters);
  }
}
