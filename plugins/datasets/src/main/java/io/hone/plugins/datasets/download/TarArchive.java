package io.hone.plugins.datasets.download;

import io.hone.api.BadInputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A compressed tar archive (POSIX.1-1988, "ustar") that files are taken out of by their names. */
public final class TarArchive {
  private static final int BLOCK = 512;
  private static final int NAME_LENGTH = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int TYPE_AT = 156;
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path archive;

  /** Creates the reader of an archive. */
  public TarArchive(Path archive) {
    this.archive = archive;
  }

  /**
   * Takes files out.
   *
   * @param names of the files, without the folders they are in
   * @param folder takes them; exists
   * @param watch called every so often; may throw to end it
   * @throws BadInputException if the archive is damaged or lacks a file
   */
  public void extract(Collection<String> names, Path folder, Runnable watch) throws IOException {
    Set<String> missing = new TreeSet<>(names);
    try (InputStream file = Files.newInputStream(archive);
        InputStream in = new GZIPInputStream(file, BUFFER_BYTES)) {
      while (!missing.isEmpty()) {
        byte[] header = in.readNBytes(BLOCK);
        if (header.length < BLOCK || header[0] == 0) {
          break;
        }
        watch.run();
        entry(header, in, missing, folder, watch);
      }
    } catch (ZipException | EOFException e) {
      throw damaged("it is not a whole gzip file", e);
    }
    if (!missing.isEmpty()) {
      throw damaged("it lacks " + String.join(", ", missing), null);
    }
  }

  private void entry(
      byte[] header, InputStream in, Set<String> missing, Path folder, Runnable watch)
      throws IOException {
    String path = text(header, 0, NAME_LENGTH);
    String name = path.substring(path.lastIndexOf('/') + 1);
    long size = size(header);
    boolean regular = header[TYPE_AT] == '0' || header[TYPE_AT] == 0;
    if (regular && missing.remove(name)) {
      try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
        copy(in, out, size, watch);
      }
    } else {
      copy(in, OutputStream.nullOutputStream(), size, watch);
    }
    in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
  }

  private static void copy(InputStream in, OutputStream out, long size, Runnable watch)
      throws IOException {
    for (long left = size; left > 0; ) {
      byte[] chunk = in.readNBytes((int) Math.min(left, BUFFER_BYTES));
      if (chunk.length == 0) {
        throw new EOFException("an entry ends early");
      }
      out.write(chunk);
      left -= chunk.length;
      watch.run();
    }
  }

  private long size(byte[] header) {
    String digits = text(header, SIZE_AT, SIZE_LENGTH).trim();
    try {
      return Long.parseUnsignedLong(digits, 8);
    } catch (NumberFormatException e) {
      throw damaged("an entry's size is '" + digits + "'", e);
    }
  }

  private static String text(byte[] header, int start, int length) {
    int end = start;
    while (end < start + length && header[end] != 0) {
      end++;
    }
    return new String(header, start, end - start, StandardCharsets.ISO_8859_1);
  }

  private BadInputException damaged(String what, Exception cause) {
    return new BadInputException(
        archive + " is damaged: " + what + "; delete it and copy or download it again", cause);
  }
}
