package io.hone.engine.results;

import io.hone.api.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The folder that a run writes its results into. */
public final class ResultFolder {
  /** The folder inside a result folder that holds finished batches until the run is complete. */
  public static final String JOURNAL = ".hone-journal";

  private static final String INSTEAD = "choose another --out";

  /** A file name as long as any that every run writes. */
  private static final String LONGEST_RECORD = "0".repeat(50);

  private static final int MOST_SHOWN = 200;

  /** What becomes of results that are there already. */
  public enum Existing {
    /** They are an error. */
    REFUSE,
    /** They are replaced if Hone wrote them. */
    REPLACE,
    /** The run goes on from them. */
    RESUME
  }

  private final Path path;

  /** Names a folder; nothing is read or written yet. */
  public ResultFolder(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  /** Returns the folder, absolute. */
  public Path path() {
    return path;
  }

  /** Returns the folder of the journal. */
  public Path journal() {
    return path.resolve(JOURNAL);
  }

  /**
   * Checks, without writing, that results can go here.
   *
   * @throws BadInputException saying what is in the way
   */
  public void check(Existing existing) {
    FileNames.problem(journal().resolve(LONGEST_RECORD))
        .ifPresent(
            problem -> {
              throw new BadInputException(
                  "cannot write results to "
                      + shown()
                      + ": "
                      + problem
                      + "; choose a shorter --out");
            });
    Path present = path;
    while (present != null && !Files.exists(present)) {
      present = present.getParent();
    }
    if (present == null || !Files.isDirectory(present) || !Files.isWritable(present)) {
      throw new BadInputException(
          "cannot write results to " + path + ": " + present + " is not a writable folder");
    }
    if (!present.equals(path) || isEmpty()) {
      return;
    }
    if (existing == Existing.REFUSE) {
      throw new BadInputException(
          path
              + " is not empty; choose another --out, or add --resume to go on or --overwrite to"
              + " replace it");
    }
    if (!writtenByHone()) {
      throw new BadInputException(
          path + " holds files that Hone did not write; choose another --out");
    }
  }

  /**
   * Refuses a folder that a run writes into at this moment: what is in it is not done yet.
   *
   * @throws BadInputException naming the process of the run
   */
  public void requireNoOwner() {
    FolderLock.requireNoOwner(path, INSTEAD);
  }

  /**
   * Becomes the only one who writes here, until the lock is closed.
   *
   * @param notices told where nothing can keep others out
   * @throws BadInputException if another run writes here, or nobody can; nothing was written then
   */
  public FolderLock own(Consumer<String> notices) {
    try {
      return FolderLock.acquire(path, INSTEAD, notices);
    } catch (IOException e) {
      throw new BadInputException("cannot write results to " + path + ": " + e, e);
    }
  }

  /** Makes the folder ready to be written; {@link #check} came before. */
  public void prepare(Existing existing) throws IOException {
    if (existing == Existing.REPLACE && Files.isDirectory(path)) {
      clear();
    }
    Files.createDirectories(path);
  }

  private String shown() {
    String text = path.toString();
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
  }

  private boolean isEmpty() {
    try (Stream<Path> files = Files.list(path)) {
      return files.allMatch(ResultFolder::isLock);
    } catch (IOException e) {
      throw new BadInputException("cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  private boolean writtenByHone() {
    if (Files.isDirectory(journal())) {
      return true;
    }
    try {
      return SummaryFile.read(path).hone() == Summary.FORMAT;
    } catch (BadInputException notOurs) {
      return false;
    }
  }

  /**
   * Deletes what is inside; the markers go last, so that an interrupted deletion can be repeated.
   */
  private void clear() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file :
          files
              .filter(path -> !isLock(path))
              .sorted((first, second) -> Boolean.compare(isMarker(first), isMarker(second)))
              .toList()) {
        FileTree.delete(file);
      }
    }
  }

  private static boolean isLock(Path file) {
    return file.endsWith(FolderLock.FILE);
  }

  private static boolean isMarker(Path file) {
    String name = file.getFileName().toString();
    return name.equals(JOURNAL) || name.equals(SummaryFile.NAME);
  }
}
