package io.hone.dl4j.training;

import io.hone.api.data.Tensor;
import io.hone.api.train.Examples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 over everything that a training depends on. */
final class Fingerprint {
  private final MessageDigest digest;

  Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Takes in a text. */
  Fingerprint add(Object text) {
    digest.update(text.toString().getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return this;
  }

  /** Takes in examples. */
  Fingerprint add(Examples examples) {
    add(examples.inputs());
    return add(examples.targets());
  }

  private Fingerprint add(Tensor tensor) {
    add(tensor.toString());
    float[] row = new float[tensor.rowSize()];
    ByteBuffer bytes = ByteBuffer.allocate(row.length * Float.BYTES);
    for (int i = 0; i < tensor.rows(); i++) {
      tensor.readRow(i, row);
      bytes.asFloatBuffer().put(row);
      digest.update(bytes.array());
    }
    return this;
  }

  /** Takes in a file's content. */
  Fingerprint add(Path file) throws IOException {
    digest.update(Files.readAllBytes(file));
    return this;
  }

  /** Returns what was taken in as lower case hex. */
  String value() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
