package io.hone.api.data;

import io.hone.api.stability.Stability;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 sum in lower case hex, which grows with what it is given. For one thread at a time. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class Sha256 {
  private static final int CHUNK_BYTES = 1 << 16;

  private final MessageDigest digest;

  /** Creates the sum of nothing. */
  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** Returns the sum of a file's content. */
  public static String of(Path file) throws IOException {
    return new Sha256().add(file).hex();
  }

  /** Returns the sum of a text's UTF-8 bytes. */
  public static String of(String text) {
    return new Sha256().add(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  /** Adds bytes. */
  public Sha256 add(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  /** Adds a text and an end that sets it apart from what follows. */
  public Sha256 add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return this;
  }

  /** Adds everything in a file. */
  public Sha256 add(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return add(content);
    }
  }

  /** Adds what is left of a stream, and leaves the stream open. */
  public Sha256 add(InputStream content) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
      digest.update(chunk, 0, count);
    }
    return this;
  }

  /** Returns the sum and starts anew. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
