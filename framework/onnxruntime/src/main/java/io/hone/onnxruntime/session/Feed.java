package io.hone.onnxruntime.session;

import io.hone.api.data.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a graph is given for a batch; every value has one row per image.
 *
 * @param tensors by input name
 * @param classes by input name
 */
public record Feed(Map<String, Tensor> tensors, Map<String, int[]> classes) {
  /** Returns a feed of tensors alone. */
  public static Feed of(Map<String, Tensor> tensors) {
    return new Feed(tensors, Map.of());
  }

  /** Returns rows {@code from} to {@code to} (exclusive), sharing the tensors' memory. */
  public Feed rows(int from, int to) {
    Map<String, Tensor> slices = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> slices.put(name, tensor.rows(from, to)));
    Map<String, int[]> selected = new LinkedHashMap<>();
    classes.forEach((name, values) -> selected.put(name, Arrays.copyOfRange(values, from, to)));
    return new Feed(slices, selected);
  }

  /** Returns a copy that repeats the last row until there are {@code size} rows. */
  public Feed padded(int size) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> copies.put(name, tensor.select(indices(tensor, size))));
    Map<String, int[]> repeated = new LinkedHashMap<>();
    classes.forEach(
        (name, values) -> {
          int[] copy = Arrays.copyOf(values, size);
          Arrays.fill(copy, values.length, size, values[values.length - 1]);
          repeated.put(name, copy);
        });
    return new Feed(copies, repeated);
  }

  private static int[] indices(Tensor tensor, int size) {
    int[] rows = new int[size];
    Arrays.setAll(rows, row -> Math.min(row, tensor.rows() - 1));
    return rows;
  }
}
