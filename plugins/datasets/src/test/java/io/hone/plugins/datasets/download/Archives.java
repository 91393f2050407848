package io.hone.plugins.datasets.download;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Builds compressed files. */
public final class Archives {
  private static final int BLOCK = 512;

  private Archives() {}

  /** Returns a content as gzip. */
  public static byte[] gzip(byte[] content) {
    return gzip(content, Deflater.DEFAULT_COMPRESSION);
  }

  /** Returns a content as gzip, compressed at a level of {@link Deflater}. */
  public static byte[] gzip(byte[] content, int level) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out =
        new GZIPOutputStream(bytes) {
          {
            def.setLevel(level);
          }
        }) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Returns a compressed tar archive of files by path; paths that end with a slash are folders. */
  public static byte[] tar(Map<String, byte[]> files) {
    return gzip(uncompressedTar(files));
  }

  /** Returns a tar archive of files by path; paths that end with a slash are folders. */
  public static byte[] uncompressedTar(Map<String, byte[]> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    files.forEach(
        (path, content) -> {
          byte[] header = new byte[BLOCK];
          put(header, 0, path);
          put(header, 124, String.format(Locale.ROOT, "%011o", content.length));
          header[156] = (byte) (path.endsWith("/") ? '5' : '0');
          put(header, 257, "ustar");
          out.writeBytes(header);
          out.writeBytes(content);
          out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        });
    out.writeBytes(new byte[2 * BLOCK]);
    return out.toByteArray();
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
