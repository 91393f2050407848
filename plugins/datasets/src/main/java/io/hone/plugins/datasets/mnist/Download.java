package io.hone.plugins.datasets.mnist;

import io.hone.api.component.BadInputException;
import io.hone.api.run.Run;
import io.hone.api.run.RunCancelledException;
import io.hone.plugins.datasets.content.ContentHash;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Brings compressed files from mirrors into a folder.
 *
 * <p>A file appears under its name only once its content is right; until then it grows beside it
 * and a later attempt, also of a later process, goes on where this one ended.
 */
final class Download {
  private static final int ATTEMPTS = 4;
  private static final long POLL_MILLIS = 100;
  private static final int CHUNK_BYTES = 1 << 16;

  private final Path folder;
  private final List<URI> mirrors;
  private final Duration patience;
  private final Run run;

  /**
   * Creates a download.
   *
   * @param folder made where it is missing
   * @param mirrors each ends with a slash
   * @param patience how long a mirror may send nothing
   */
  Download(Path folder, List<URI> mirrors, Duration patience, Run run) {
    this.folder = folder;
    this.mirrors = mirrors;
    this.patience = patience;
    this.run = run;
  }

  /**
   * What a file must hold.
   *
   * @param fileName on the mirrors and in the folder
   * @param bytes its size once uncompressed
   * @param hash SHA-256 of its content once uncompressed
   */
  record Content(String fileName, long bytes, String hash) {}

  Path folder() {
    return folder;
  }

  /**
   * Downloads a file unless it is there.
   *
   * @param next what the user can do if no mirror delivers
   * @throws BadInputException naming every mirror with what went wrong there
   */
  Path fetch(Content wanted, String next) {
    Path target = folder.resolve(wanted.fileName());
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(".download.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = lock(channel)) {
        // Another process may have brought it while this one waited for the lock.
        if (lock.isValid() && !Files.exists(target)) {
          fetchFromMirrors(wanted, target, next);
        }
      }
      return target;
    } catch (IOException e) {
      throw new BadInputException(
          wanted.fileName() + " cannot be stored in " + folder + " (" + e + "); " + next, e);
    }
  }

  private FileLock lock(FileChannel channel) throws IOException {
    boolean told = false;
    while (true) {
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return lock;
        }
      } catch (OverlappingFileLockException e) {
        // Another run in this process holds it: wait as for another process.
      }
      if (!told) {
        run.notice("waiting for another download into " + folder);
        told = true;
      }
      run.checkCancelled();
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunCancelledException();
    }
  }

  private void fetchFromMirrors(Content wanted, Path target, String next) throws IOException {
    PartialFile part = new PartialFile(target);
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience)
            .build();
    List<String> failures = new ArrayList<>();
    for (URI mirror : mirrors) {
      URI source = mirror.resolve(wanted.fileName());
      Optional<String> failure = fetchFrom(source, client, part, wanted);
      if (failure.isEmpty()) {
        part.complete();
        return;
      }
      failures.add("\n  " + source + ": " + failure.get());
    }
    throw new BadInputException(
        wanted.fileName()
            + " is missing and could not be downloaded:"
            + (failures.isEmpty() ? " no mirrors are named" : String.join("", failures))
            + "\n"
            + next);
  }

  /** Returns why it did not work; the partial file then holds what a later attempt can use. */
  private Optional<String> fetchFrom(
      URI source, HttpClient client, PartialFile part, Content wanted) throws IOException {
    Optional<String> failure = Optional.empty();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long start = part.startFrom(source);
      try {
        new Transfer(client, source, part, wanted, patience, run).execute();
      } catch (TransferFailedException e) {
        failure = Optional.of(e.getMessage());
        if (part.size() > start || e.worthStartingOver()) {
          continue;
        }
        return failure;
      }
      failure = wrongContent(part, wanted);
      if (failure.isEmpty()) {
        return failure;
      }
      part.discard();
      // What was kept from earlier may be to blame; a whole answer is not.
      if (start == 0) {
        return failure;
      }
    }
    return failure;
  }

  private Optional<String> wrongContent(PartialFile part, Content wanted) throws IOException {
    ContentHash hash = new ContentHash();
    long size = 0;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(part.path()), CHUNK_BYTES)) {
      for (byte[] chunk = in.readNBytes(CHUNK_BYTES);
          chunk.length > 0 && size <= wanted.bytes();
          chunk = in.readNBytes(CHUNK_BYTES)) {
        hash.add(chunk);
        size += chunk.length;
        run.checkCancelled();
      }
    } catch (ZipException | EOFException e) {
      return Optional.of("what it sent is not a whole gzip file");
    }
    return hash.hex().equals(wanted.hash())
        ? Optional.empty()
        : Optional.of("what it sent has another content (its SHA-256 is wrong)");
  }
}
