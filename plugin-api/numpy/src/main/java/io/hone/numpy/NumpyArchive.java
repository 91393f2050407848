package io.hone.numpy;

import io.hone.api.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** An {@code .npz} file: a ZIP archive of {@code .npy} files. */
final class NumpyArchive {
  private static final String SUFFIX = ".npy";
  private static final int CHUNK_BYTES = 1 << 16;

  private final Path file;

  NumpyArchive(Path file) {
    this.file = file;
  }

  /** Returns the names of the arrays, without {@code .npy}, sorted. */
  List<String> names() {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return names(zip);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /** Returns the only array's name. */
  String onlyName() {
    List<String> names = names();
    if (names.size() != 1) {
      throw new BadInputException(
          file
              + " holds "
              + (names.isEmpty()
                  ? "no arrays"
                  : "several arrays (" + String.join(", ", names) + ")")
              + "; "
              + (names.isEmpty() ? "write it with numpy.savez" : "say which one is meant"));
    }
    return names.get(0);
  }

  /**
   * Opens an array's {@code .npy} file.
   *
   * <p>It is unpacked into a temporary file that goes when the channel is closed, because
   * compressed rows cannot be reached out of order. No more is unpacked than the array's header
   * announces: a few bytes can unpack to any number.
   */
  FileChannel open(String name) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(name + SUFFIX);
      if (entry == null) {
        List<String> names = names(zip);
        throw new BadInputException(
            file
                + " holds no array '"
                + name
                + "'; "
                + (names.isEmpty()
                    ? "it holds none at all"
                    : "it holds " + String.join(", ", names)));
      }
      return unpack(zip, entry, file + ":" + name);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private FileChannel unpack(ZipFile zip, ZipEntry entry, String name) throws IOException {
    Path unpacked = temporaryFile();
    try {
      // ZipFile leaves the check sum to its caller.
      CRC32 sum = new CRC32();
      try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), sum)) {
        byte[] start = in.readNBytes(NumpyHeader.LONGEST);
        long size = NumpyHeader.read(start, name).fileSize(name);
        requireRoom(unpacked, entry.getSize() < 0 ? size : Math.min(size, entry.getSize()));
        copy(start, in, size, unpacked);
      }
      if (sum.getValue() != entry.getCrc()) {
        throw new ZipException("the check sum of " + entry.getName() + " is wrong");
      }
      return FileChannel.open(
          unpacked, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(unpacked);
      throw e;
    }
  }

  private static void copy(byte[] start, InputStream in, long size, Path to) throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      out.write(start, 0, (int) Math.min(start.length, size));
      byte[] chunk = new byte[CHUNK_BYTES];
      long left = size - start.length;
      while (left > 0) {
        int count = in.read(chunk, 0, (int) Math.min(chunk.length, left));
        if (count < 0) {
          // The header's reader tells how much is missing.
          return;
        }
        out.write(chunk, 0, count);
        left -= count;
      }
      if (left < 0 || in.read() >= 0) {
        throw new ZipException("more follows than the " + size + " bytes of the array");
      }
    }
  }

  private void requireRoom(Path unpacked, long size) throws IOException {
    long room = Files.getFileStore(unpacked).getUsableSpace();
    if (size > room) {
      throw new BadInputException(
          file
              + " cannot be unpacked: its array needs "
              + size
              + " bytes in "
              + unpacked.getParent()
              + ", where "
              + room
              + " are free; make room there, or start Java with -Djava.io.tmpdir=DIR");
    }
  }

  private Path temporaryFile() {
    try {
      return Files.createTempFile("hone-", SUFFIX);
    } catch (IOException e) {
      throw new BadInputException(
          file
              + " cannot be unpacked: no temporary file can be made in "
              + System.getProperty("java.io.tmpdir")
              + "; make room there or start Java with -Djava.io.tmpdir=DIR",
          e);
    }
  }

  private static List<String> names(ZipFile zip) {
    return zip.stream()
        .map(ZipEntry::getName)
        .filter(name -> name.endsWith(SUFFIX))
        .map(name -> name.substring(0, name.length() - SUFFIX.length()))
        .sorted()
        .toList();
  }

  private BadInputException damaged(IOException e) {
    return new BadInputException(
        file
            + " cannot be unpacked ("
            + e.getMessage()
            + "); copy it again or write it anew with numpy.savez",
        e);
  }
}
