package io.hone.learning.loop;

import io.hone.api.data.Sha256;
import io.hone.api.data.Tensor;
import io.hone.api.train.Examples;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that a training depends on, by what a user calls it: a SHA-256 of each. */
final class Fingerprint {
  private final Map<String, String> sums = new LinkedHashMap<>();

  /** Takes in something that its text tells. */
  Fingerprint add(String name, Object content) {
    sums.put(name, Sha256.of(content.toString()));
    return this;
  }

  /** Takes in several things by their names. */
  Fingerprint add(Map<String, Object> contents) {
    new TreeMap<>(contents).forEach(this::add);
    return this;
  }

  /** Takes in examples. */
  Fingerprint add(String name, Examples examples) {
    Sha256 sum = new Sha256();
    for (Tensor tensor : List.of(examples.inputs(), examples.targets())) {
      sum.add(tensor.toString());
      float[] row = new float[tensor.rowSize()];
      ByteBuffer bytes = ByteBuffer.allocate(row.length * Float.BYTES);
      for (int i = 0; i < tensor.rows(); i++) {
        tensor.readRow(i, row);
        bytes.asFloatBuffer().put(row);
        sum.add(bytes.array());
      }
    }
    sums.put(name, sum.hex());
    return this;
  }

  /** Returns the sums by name. */
  Map<String, String> sums() {
    return Collections.unmodifiableMap(sums);
  }
}
