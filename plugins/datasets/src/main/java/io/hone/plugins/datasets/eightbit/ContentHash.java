package io.hone.plugins.datasets.eightbit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 that grows with what it is given. For one thread at a time. */
public final class ContentHash {
  private static final int CHUNK_BYTES = 1 << 16;

  private final MessageDigest digest;

  /** Creates the hash of nothing. */
  public ContentHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Adds bytes. */
  public ContentHash add(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  /** Adds a text and an end that sets it apart from what follows. */
  public ContentHash add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return this;
  }

  /** Adds everything in a file. */
  public ContentHash add(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
    }
    return this;
  }

  /** Returns the hash in lower-case hexadecimal and starts anew. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
