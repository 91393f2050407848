package io.hone.dl4j.training;

import io.hone.api.data.Sha256;
import io.hone.api.data.Tensor;
import io.hone.api.train.Examples;
import java.nio.ByteBuffer;

/** A SHA-256 over everything that a training depends on. */
final class Fingerprint {
  private final Sha256 sum = new Sha256();

  /** Takes in a text. */
  Fingerprint add(Object text) {
    sum.add(text.toString());
    return this;
  }

  /** Takes in examples. */
  Fingerprint add(Examples examples) {
    add(examples.inputs());
    return add(examples.targets());
  }

  private Fingerprint add(Tensor tensor) {
    sum.add(tensor.toString());
    float[] row = new float[tensor.rowSize()];
    ByteBuffer bytes = ByteBuffer.allocate(row.length * Float.BYTES);
    for (int i = 0; i < tensor.rows(); i++) {
      tensor.readRow(i, row);
      bytes.asFloatBuffer().put(row);
      sum.add(bytes.array());
    }
    return this;
  }

  /** Returns what was taken in as lower case hex. */
  String value() {
    return sum.hex();
  }
}
