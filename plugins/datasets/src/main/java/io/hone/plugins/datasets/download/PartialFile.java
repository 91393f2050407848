package io.hone.plugins.datasets.download;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * What has arrived of a file so far, and from which version of which address.
 *
 * <p>The bytes are in {@code NAME.part}; {@code NAME.part.origin} holds the address and the
 * server's validator (an ETag or a date), without which nobody can tell whether the rest belongs to
 * the same version.
 */
final class PartialFile {
  private final Path target;
  private final Path bytes;
  private final Path origin;

  PartialFile(Path target) {
    this.target = target;
    this.bytes = target.resolveSibling(target.getFileName() + ".part");
    this.origin = target.resolveSibling(target.getFileName() + ".part.origin");
  }

  Path path() {
    return bytes;
  }

  long size() throws IOException {
    return Files.exists(bytes) ? Files.size(bytes) : 0;
  }

  /** Drops what cannot be continued from this address and returns the number of bytes kept. */
  long startFrom(URI source) throws IOException {
    if (validator(source).isEmpty()) {
      discard();
    }
    return size();
  }

  /** Returns the validator of the bytes kept if they came from this address. */
  Optional<String> validator(URI source) throws IOException {
    if (!Files.exists(bytes) || !Files.exists(origin)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(origin);
    return lines.size() == 2 && lines.get(0).equals(source.toString())
        ? Optional.of(lines.get(1))
        : Optional.empty();
  }

  /** Notes where the bytes that follow come from; without a validator they cannot be continued. */
  void startAnew(URI source, Optional<String> validator) throws IOException {
    discard();
    if (validator.isPresent()) {
      Files.write(origin, List.of(source.toString(), validator.get()));
    }
  }

  void discard() throws IOException {
    Files.deleteIfExists(origin);
    Files.deleteIfExists(bytes);
  }

  /** Gives the file its name. */
  void complete() throws IOException {
    Files.move(bytes, target, StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(origin);
  }
}
