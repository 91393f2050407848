package io.hone.plugins.datasets.download;

import io.hone.api.BadInputException;
import io.hone.api.run.Run;
import io.hone.api.run.RunCancelledException;
import io.hone.plugins.datasets.download.TransferFailedException.Next;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings files from mirrors into a folder.
 *
 * <p>A file appears under its name only once its content is right; until then it grows beside it
 * and a later attempt, also of a later process, goes on where this one ended.
 */
public final class Download {
  private static final int ATTEMPTS = 4;
  private static final long POLL_MILLIS = 100;

  private final Path folder;
  private final Mirrors mirrors;
  private final Patience patience;
  private final Run run;

  /**
   * Creates a download.
   *
   * @param folder made where it is missing
   * @param patience how slow a mirror may be
   */
  public Download(Path folder, Mirrors mirrors, Patience patience, Run run) {
    this.folder = folder;
    this.mirrors = mirrors;
    this.patience = patience;
    this.run = run;
  }

  /** Returns where files are brought to. */
  public Path folder() {
    return folder;
  }

  /**
   * Downloads a file unless it is there.
   *
   * @param next what the user can do if no mirror delivers
   * @throws BadInputException naming every mirror with what went wrong there
   */
  public Path fetch(RemoteFile wanted, String next) {
    Path target = folder.resolve(wanted.name());
    exclusively(
        wanted,
        next,
        () -> {
          // Another process may have brought it while this one waited for the lock.
          if (!Files.exists(target)) {
            fetchFromMirrors(wanted, target, next);
          }
        });
    return target;
  }

  /**
   * Downloads an archive and unpacks it unless that was done. An archive that is in the folder is
   * taken as it is and stays; one downloaded for this is deleted afterwards.
   *
   * @param product what unpacking makes
   * @param next what the user can do if no mirror delivers
   * @throws BadInputException naming every mirror with what went wrong there
   */
  public void fetchUnpacked(RemoteFile archive, Path product, Unpacking unpacking, String next) {
    Path target = folder.resolve(archive.name());
    exclusively(
        archive,
        next,
        () -> {
          if (Files.exists(product)) {
            return;
          }
          boolean found = Files.exists(target);
          if (!found) {
            fetchFromMirrors(archive, target, next);
          }
          unpacking.unpack(target);
          if (!found) {
            Files.delete(target);
          }
        });
  }

  /** What is done while no other process downloads into the folder. */
  @FunctionalInterface
  private interface Exclusive {
    void run() throws IOException;
  }

  private void exclusively(RemoteFile wanted, String next, Exclusive action) {
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(".download.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = lock(channel)) {
        if (lock.isValid()) {
          action.run();
        }
      }
    } catch (IOException e) {
      throw new BadInputException(
          wanted.name() + " cannot be stored in " + folder + " (" + e + "); " + next, e);
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

  private void fetchFromMirrors(RemoteFile wanted, Path target, String next) throws IOException {
    PartialFile part = new PartialFile(target);
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience.silence())
            .build();
    List<String> failures = new ArrayList<>();
    for (URI mirror : mirrors.addresses()) {
      URI source = mirror.resolve(wanted.name());
      Optional<String> failure = fetchFrom(source, client, part, wanted);
      if (failure.isEmpty()) {
        part.complete();
        return;
      }
      failures.add("\n  " + source + ": " + failure.get());
    }
    throw new BadInputException(
        wanted.name()
            + " is missing and could not be downloaded:"
            + (failures.isEmpty() ? " no mirrors are named" : String.join("", failures))
            + "\n"
            + next);
  }

  /** Returns why it did not work; the partial file then holds what a later attempt can use. */
  private Optional<String> fetchFrom(
      URI source, HttpClient client, PartialFile part, RemoteFile wanted) throws IOException {
    Optional<String> failure = Optional.empty();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long start = part.startFrom(source);
      try {
        new Transfer(client, source, part, wanted, patience, run).execute();
      } catch (TransferFailedException e) {
        failure = Optional.of(e.getMessage());
        if (e.next() == Next.SAME_MIRROR
            || e.next() == Next.SAME_MIRROR_IF_IT_SENT && part.size() > start) {
          continue;
        }
        return failure;
      }
      failure = wanted.fault(part.path(), run::checkCancelled);
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
}
