package io.hone.plugins.datasets.download;

import io.hone.api.data.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file on the web and what it must turn out to hold.
 *
 * @param name on the mirrors and in the folder
 * @param form what size and hash are taken of
 * @param bytes size
 * @param hash SHA-256
 */
public record RemoteFile(String name, Form form, long bytes, String hash) {
  private static final int CHUNK_BYTES = 1 << 16;

  /** What size and hash of a file are taken of. */
  public enum Form {
    /** The file as it is sent. */
    AS_SENT,
    /** What the file, a gzip, uncompresses to: mirrors compress the same content differently. */
    UNCOMPRESSED
  }

  /** Returns how many bytes may be sent: a little more than the content where it is compressed. */
  long largest() {
    return form == Form.AS_SENT ? bytes : bytes + CHUNK_BYTES;
  }

  /**
   * Returns what is wrong with what was sent.
   *
   * @param watch called every so often; may throw to end the check
   */
  Optional<String> fault(Path sent, Runnable watch) throws IOException {
    Sha256 hashed = new Sha256();
    long size = 0;
    try (InputStream in = content(sent)) {
      for (byte[] chunk = in.readNBytes(CHUNK_BYTES);
          chunk.length > 0 && size <= bytes;
          chunk = in.readNBytes(CHUNK_BYTES)) {
        hashed.add(chunk);
        size += chunk.length;
        watch.run();
      }
    } catch (ZipException | EOFException e) {
      return Optional.of("what it sent is not a whole gzip file");
    }
    return hashed.hex().equals(hash)
        ? Optional.empty()
        : Optional.of("what it sent has another content (its SHA-256 is wrong)");
  }

  private InputStream content(Path sent) throws IOException {
    InputStream in = Files.newInputStream(sent);
    if (form == Form.AS_SENT) {
      return in;
    }
    try {
      return new GZIPInputStream(in, CHUNK_BYTES);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
