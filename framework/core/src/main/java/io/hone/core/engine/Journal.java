package io.hone.core.engine;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The records of the units that are finished, one file each.
 *
 * <p>A record appears under its name only once it is whole, so a run may be killed anywhere: what
 * is missing is simply run again.
 */
final class Journal {
  private static final String IDENTITY = "identity";
  private static final String SUFFIX = ".unit";

  private final Path folder;

  Journal(Path folder) {
    this.folder = folder;
  }

  boolean exists() {
    return Files.isRegularFile(folder.resolve(IDENTITY));
  }

  /** Returns what the unfinished run was a run of. */
  String identity() throws IOException {
    return Files.readString(folder.resolve(IDENTITY));
  }

  void start(String identity) throws IOException {
    Files.createDirectories(folder);
    Path part = folder.resolve(IDENTITY + ".part");
    Files.writeString(part, identity);
    Files.move(part, folder.resolve(IDENTITY), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Writes the record of a finished unit; safe to call from several threads. */
  void write(UnitRecord unit) throws IOException {
    String name = String.format("%012d-%d%s", unit.position(), unit.count(), SUFFIX);
    Path part = folder.resolve(name + ".part");
    try (DataOutputStream output =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part), 1 << 16))) {
      unit.write(output);
    }
    Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  UnitRecord read(Path file, Supplier<List<StepFold>> emptyFolds) throws IOException {
    try (DataInputStream input =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      return UnitRecord.read(input, emptyFolds);
    }
  }

  /** Returns the files of the finished units by the position of their first sample, in order. */
  TreeMap<Long, Path> units() throws IOException {
    TreeMap<Long, Path> units = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
          .forEach(file -> units.put(range(file).position(), file));
    }
    return units;
  }

  /** Returns the samples of the given range that no finished unit covers. */
  List<Range> missing(long size) throws IOException {
    List<Range> missing = new ArrayList<>();
    long next = 0;
    for (Path file : units().values()) {
      Range done = range(file);
      if (done.position() > next) {
        missing.add(new Range(next, done.position() - next));
      }
      next = done.position() + done.count();
    }
    if (next < size) {
      missing.add(new Range(next, size - next));
    }
    return missing;
  }

  private static Range range(Path file) {
    String name = file.getFileName().toString();
    String[] parts = name.substring(0, name.length() - SUFFIX.length()).split("-");
    return new Range(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
  }

  void delete() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    // The identity goes last: a journal without it is no journal, one with it is still whole.
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> !path.endsWith(IDENTITY)).toList()) {
        Files.delete(file);
      }
    }
    Files.deleteIfExists(folder.resolve(IDENTITY));
    Files.delete(folder);
  }

  /**
   * Consecutive samples.
   *
   * @param position of the first
   * @param count how many
   */
  record Range(long position, long count) {}
}
