package io.hone.engine.results;

import io.hone.api.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The right to write into a folder, which one owner has at a time.
 *
 * <p>The right is an operating system's lock on a file inside the folder. Such a lock ends with its
 * process, however the process ends, so a killed run keeps nobody out. The file itself may stay
 * behind then; it means nothing without the lock. On a file system without locks the user is told
 * that nothing keeps a second run out, and the work goes on.
 */
public final class FolderLock implements AutoCloseable {
  /**
   * The file inside a folder that its owner has locked; it holds the owner's process id, and its
   * launcher's.
   */
  public static final String FILE = ".hone-lock";

  /** System property that holds the process id of the launcher. */
  private static final String LAUNCHER = "hone.launcher.process";

  private static final Pattern IDS = Pattern.compile("(\\d+)(?: (\\d+))?");

  /** Behind the text: where locks are mandatory, the text can still be read. */
  private static final long LOCKED_BYTE = 1L << 40;

  /**
   * The folders that this process owns. On POSIX systems a process loses its lock when it closes
   * any channel to the file, so a second run in the same process must not even open it.
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  /** How a channel is locked; tests put a file system without locks here. */
  interface Locking {
    /** Returns the lock, or null if another process has it. */
    FileLock lock(FileChannel channel) throws IOException;
  }

  private final Path folder;
  private final List<Path> made;
  private final FileChannel channel;

  private FolderLock(Path folder, List<Path> made, FileChannel channel) {
    this.folder = folder;
    this.made = made;
    this.channel = channel;
  }

  /**
   * Becomes the owner of a folder, which is made if it is not there.
   *
   * @param instead what the user may do rather than wait, such as {@code choose another --out}
   * @param notices told where the file system has no locks
   * @throws BadInputException if another run owns the folder, naming its process; nothing was
   *     written then
   * @throws IOException if the folder cannot be written to
   */
  public static FolderLock acquire(Path folder, String instead, Consumer<String> notices)
      throws IOException {
    return acquire(folder, instead, notices, FolderLock::lock);
  }

  /**
   * Becomes the owner of a folder whose owner has ended.
   *
   * @return empty where the owner lives, or where the file system has no locks that would tell
   * @throws IOException if the folder cannot be written to
   */
  public static Optional<FolderLock> ofAbandoned(Path folder) throws IOException {
    return ofAbandoned(folder, FolderLock::lock);
  }

  static Optional<FolderLock> ofAbandoned(Path folder, Locking locking) throws IOException {
    List<String> noLocks = new ArrayList<>();
    try {
      FolderLock lock = acquire(folder, "", noLocks::add, locking);
      if (noLocks.isEmpty()) {
        return Optional.of(lock);
      }
      lock.close();
    } catch (BadInputException owned) {
      // Its owner lives.
    }
    return Optional.empty();
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    return channel.tryLock(LOCKED_BYTE, 1, /* shared= */ false);
  }

  static FolderLock acquire(Path folder, String instead, Consumer<String> notices, Locking locking)
      throws IOException {
    List<Path> made = missing(folder);
    Files.createDirectories(folder);
    Path real = folder.toRealPath();
    if (!OWN.add(real)) {
      throw refused(folder, ownProcess(), instead);
    }
    boolean owned = false;
    try {
      FileChannel channel = locked(real, folder, instead, notices, locking);
      owned = true;
      return new FolderLock(real, made, channel);
    } finally {
      if (!owned) {
        OWN.remove(real);
        deleteEmpty(made);
      }
    }
  }

  /**
   * Refuses a folder that somebody owns at this moment; writes nothing.
   *
   * @param instead what the user may do rather than wait
   * @throws BadInputException if another run owns the folder, naming its process
   */
  public static void requireNoOwner(Path folder, String instead) {
    Path real;
    try {
      real = folder.toRealPath();
    } catch (IOException absent) {
      return;
    }
    if (!OWN.add(real)) {
      throw refused(folder, ownProcess(), instead);
    }
    try (FileChannel channel =
            FileChannel.open(
                real.resolve(FILE), StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock(LOCKED_BYTE, 1, /* shared= */ false)) {
      if (lock == null) {
        throw refused(folder, process(channel), instead);
      }
    } catch (OverlappingFileLockException owned) {
      throw refused(folder, ownProcess(), instead);
    } catch (IOException | UnsupportedOperationException nobody) {
      // No lock file, or one that nobody can lock: whoever wants the folder is told then.
    } finally {
      OWN.remove(real);
    }
  }

  private static FileChannel locked(
      Path real, Path folder, String instead, Consumer<String> notices, Locking locking)
      throws IOException {
    Path file = real.resolve(FILE);
    while (true) {
      Object before = key(file);
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      boolean keep = false;
      try {
        if (!isLocked(channel, locking, folder, instead, notices)) {
          throw refused(folder, process(channel), instead);
        }
        // An owner that ended deletes its file: a lock on a deleted file keeps nobody out.
        if (Objects.equals(before, key(file))) {
          channel.truncate(0);
          channel.write(ByteBuffer.wrap(ownIds().getBytes(StandardCharsets.UTF_8)), 0);
          keep = true;
          return channel;
        }
      } finally {
        if (!keep) {
          channel.close();
        }
      }
    }
  }

  private static boolean isLocked(
      FileChannel channel, Locking locking, Path folder, String instead, Consumer<String> notices) {
    try {
      return locking.lock(channel) != null;
    } catch (OverlappingFileLockException owned) {
      // Another copy of this class owns the folder: an application may have loaded Hone twice.
      throw refused(folder, ownProcess(), instead);
    } catch (IOException | UnsupportedOperationException noLocks) {
      notices.accept(
          "the file system of "
              + folder
              + " has no locks ("
              + noLocks.getMessage()
              + "); nothing keeps a second run out of this folder, so start none");
      return true;
    }
  }

  /** Returns what tells a file from another one that takes its name; makes the file. */
  private static Object key(Path file) throws IOException {
    while (true) {
      try {
        Files.createFile(file);
      } catch (FileAlreadyExistsException present) {
        // Left by a killed run, or held by a live one.
      }
      try {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? FILE : key;
      } catch (NoSuchFileException deleted) {
        // Its owner has just ended.
      }
    }
  }

  private static String process(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(32);
    channel.read(text, 0);
    String id = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
    Matcher ids = IDS.matcher(id);
    if (!ids.matches()) {
      return "a process that has just started";
    }
    String launcher = ids.group(2) == null ? "" : ", which process " + ids.group(2) + " launched";
    return "process " + ids.group(1) + launcher;
  }

  /** Returns the id of this process, and of the launcher where there is one: users know that. */
  private static String ownIds() {
    String launcher = System.getProperty(LAUNCHER, "");
    return (ProcessHandle.current().pid() + " " + launcher).strip();
  }

  private static String ownProcess() {
    return "another run in this process, " + ProcessHandle.current().pid();
  }

  private static BadInputException refused(Path folder, String owner, String instead) {
    return new BadInputException(
        folder
            + " is in use by "
            + owner
            + "; two runs cannot share a folder: wait for the other to end, stop it, or "
            + instead);
  }

  /** Returns the folders that are not there yet, the outermost first. */
  private static List<Path> missing(Path folder) {
    List<Path> missing = new ArrayList<>();
    for (Path path = folder.toAbsolutePath();
        path != null && !Files.exists(path);
        path = path.getParent()) {
      missing.add(0, path);
    }
    return missing;
  }

  private static void deleteEmpty(List<Path> folders) throws IOException {
    for (int index = folders.size() - 1; index >= 0; index--) {
      try {
        Files.deleteIfExists(folders.get(index));
      } catch (DirectoryNotEmptyException used) {
        return;
      }
    }
  }

  /** Gives the folder up; folders that were made for it and stayed empty are deleted. */
  @Override
  public void close() throws IOException {
    try {
      Files.deleteIfExists(folder.resolve(FILE));
    } finally {
      try {
        channel.close();
      } finally {
        OWN.remove(folder);
      }
    }
    deleteEmpty(made);
  }
}
