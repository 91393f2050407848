package io.hone.onnx.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * The folder around a model's file, outside of which nothing is read. Where the file is a link, as
 * in download caches, what is beside its target counts too.
 */
final class ModelFolder {
  private final Path folder;
  private final Set<Path> allowed;
  private final Set<Path> verified = new HashSet<>();

  private ModelFolder(Path folder, Set<Path> allowed) {
    this.folder = folder;
    this.allowed = allowed;
  }

  static ModelFolder of(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent().toRealPath();
    Set<Path> allowed = new HashSet<>();
    allowed.add(folder);
    allowed.add(file.toRealPath().getParent());
    return new ModelFolder(folder, allowed);
  }

  /**
   * Reads some bytes of a file below the folder.
   *
   * @throws WeightsFileException if it is missing, ends too early, or has another checksum
   * @throws OnnxFormatException if it is elsewhere
   */
  byte[] read(ExternalRange range) throws IOException {
    Path source = resolve(range.location());
    if (!range.checksum().isEmpty() && verified.add(source)) {
      String found = sha1(source);
      if (!found.equals(range.checksum())) {
        throw new WeightsFileException(
            source, "have the SHA-1 " + range.checksum() + ", but the file has " + found);
      }
    }
    try (FileChannel channel = FileChannel.open(source)) {
      if (range.length() > channel.size() - range.offset()) {
        throw new WeightsFileException(
            source,
            "reach from byte "
                + range.offset()
                + " over "
                + range.length()
                + ", but the file has "
                + channel.size());
      }
      ByteBuffer content = ByteBuffer.allocate(range.length());
      while (content.hasRemaining()) {
        if (channel.read(content, range.offset() + content.position()) < 0) {
          throw new OnnxFormatException("end while they are read: the file is being written");
        }
      }
      return content.array();
    }
  }

  private Path resolve(String location) throws IOException {
    Path path = folder.resolve(location);
    if (!Files.exists(path)) {
      // Written on Windows, whose separator is a character like any other elsewhere.
      path = folder.resolve(location.replace('\\', '/'));
    }
    boolean relative = !location.isEmpty() && !Path.of(location).isAbsolute();
    boolean there = Files.exists(path);
    if (!relative || (!there && !path.normalize().startsWith(folder))) {
      throw outside();
    }
    if (!there) {
      throw new WeightsFileException(path, "are missing: there is no file " + path);
    }
    // The real path, so that a link cannot lead out of the folder either.
    Path source = path.toRealPath();
    if (allowed.stream().noneMatch(source::startsWith)) {
      throw outside();
    }
    if (!Files.isRegularFile(source)) {
      throw new OnnxFormatException("are no file");
    }
    return source;
  }

  private OnnxFormatException outside() {
    return new OnnxFormatException("are outside the model's folder " + folder);
  }

  private static String sha1(Path source) throws IOException {
    try (InputStream bytes = Files.newInputStream(source);
        DigestInputStream digested =
            new DigestInputStream(bytes, MessageDigest.getInstance("SHA-1"))) {
      digested.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-1", impossible);
    }
  }
}
