package io.hone.onnxruntime;

import ai.onnxruntime.OrtException;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.onnxruntime.session.Feed;
import io.hone.onnxruntime.session.InferenceSession;
import io.hone.onnxruntime.session.MemoryLimit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Runs a session on any number of rows: none at all, one, more than a graph with a fixed batch
 * takes.
 */
final class BatchRunner implements AutoCloseable {
  /**
   * A matrix of one row takes another path through some kernels, and its last bit with it; two rows
   * are computed like any number.
   */
  private static final int SMALLEST = MemoryLimit.FEWEST;

  private final InferenceSession session;
  private final OptionalInt fixedBatch;

  /**
   * Takes over a session.
   *
   * @param fixedBatch the rows that the graph insists on, if it does
   */
  BatchRunner(InferenceSession session, OptionalInt fixedBatch) {
    this.session = session;
    this.fixedBatch = fixedBatch;
  }

  /**
   * Runs {@code rows} rows and writes every wanted output in place.
   *
   * @param most the rows that may run at once, unless the graph insists on its own number
   */
  void run(int rows, int most, Feed feed, Map<String, Tensor> outputs) throws OrtException {
    int parts = parts(rows, fixedBatch.orElse(Math.max(most, SMALLEST)));
    for (int part = 0; part < parts; part++) {
      int from = start(part, parts, rows);
      int to = start(part + 1, parts, rows);
      int size = fixedBatch.orElse(Math.max(to - from, SMALLEST));
      Feed given = to - from == rows ? feed : feed.rows(from, to);
      if (to - from == size) {
        session.run(given, slices(outputs, from, to));
      } else {
        runPadded(size, given, slices(outputs, from, to));
      }
    }
  }

  private static int parts(int rows, int most) {
    return (int) (((long) rows + most - 1) / most);
  }

  /** Parts are filled up where the graph insists on a number, else of one size but for one row. */
  private int start(int part, int parts, int rows) {
    return fixedBatch.isPresent()
        ? Math.min(rows, part * fixedBatch.getAsInt())
        : (int) ((long) rows * part / parts);
  }

  private void runPadded(int size, Feed part, Map<String, Tensor> outputs) throws OrtException {
    Map<String, Tensor> padded = new LinkedHashMap<>();
    outputs.forEach((name, output) -> padded.put(name, rowsLike(output, size)));
    session.run(part.padded(size), padded);
    outputs.forEach((name, output) -> output.copyRows(0, padded.get(name), 0, output.rows()));
  }

  private static Map<String, Tensor> slices(Map<String, Tensor> outputs, int from, int to) {
    Map<String, Tensor> slices = new LinkedHashMap<>();
    outputs.forEach((name, output) -> slices.put(name, output.rows(from, to)));
    return slices;
  }

  private static Tensor rowsLike(Tensor tensor, int rows) {
    int[] shape = tensor.shape();
    shape[0] = rows;
    return Tensor.zeros(shape);
  }

  /** Returns the shape of one row of an output for images of the given shape. */
  int[] rowShape(String input, ImageShape images, String output) throws OrtException {
    long[] shape = shapes(input, images, SMALLEST).get(output);
    return Arrays.stream(shape).skip(1).mapToInt(Math::toIntExact).toArray();
  }

  /**
   * Returns the shapes of all outputs for black images.
   *
   * @param rows how many images, unless the graph insists on its own number
   */
  Map<String, long[]> shapes(String input, ImageShape images, int rows) throws OrtException {
    return session.outputShapes(input, Tensor.images(fixedBatch.orElse(rows), images));
  }

  @Override
  public void close() {
    session.close();
  }
}
