package io.hone.onnx.gradient.cases;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Shapes and constants drawn at random. */
final class Drawn {
  private Drawn() {}

  /** One to four axes of one to four elements. */
  static long[] anyShape(Random r) {
    return IntStream.range(0, 1 + r.nextInt(4)).mapToLong(i -> 1 + r.nextInt(4)).toArray();
  }

  /** Images, of one spatial axis now and then. */
  static long[] images(Random r) {
    int axes = r.nextInt(4) == 0 ? 1 : 2;
    return shape(1 + r.nextInt(2), List.of(1, 2, 4, 9).get(r.nextInt(4)), spatial(r, axes));
  }

  private static long[] spatial(Random r, int axes) {
    return IntStream.range(0, axes).mapToLong(i -> 5 + r.nextInt(4)).toArray();
  }

  static long[] shape(long first, long second, long... rest) {
    return LongStream.concat(LongStream.of(first, second), LongStream.of(rest)).toArray();
  }

  static long elements(long[] shape) {
    return LongStream.of(shape).reduce(1, (a, b) -> a * b);
  }

  /** An axis, counted from either end. */
  static long axis(long[] shape, Random r) {
    return r.nextInt(2 * shape.length) - (long) shape.length;
  }

  /** A shape that is broadcast to the given one: axes of 1, leading axes left out. */
  static long[] narrowed(long[] shape, Random r) {
    int skip = r.nextInt(shape.length + 1);
    return Arrays.stream(shape).skip(skip).map(size -> r.nextBoolean() ? size : 1).toArray();
  }

  /** A shape that the given one is broadcast to where its axes are 1, with one more axis. */
  static long[] widened(long[] shape, Random r) {
    long[] wide = Arrays.stream(shape).map(size -> size == 1 ? 3 : size).toArray();
    return LongStream.concat(LongStream.of(2), LongStream.of(wide)).toArray();
  }

  /** A constant whose elements keep away from 0. */
  static Value constant(GraphEditor graph, Random random, long... shape) {
    float[] content = Array.uniform(random, 0.2f, 1, shape).content();
    for (int i = 0; i < content.length; i++) {
      content[i] = random.nextBoolean() ? content[i] : -content[i];
    }
    return graph.constant(ConstantTensor.floats(content, shape));
  }

  /** A constant of positive elements. */
  static Value positive(GraphEditor graph, Random random, long... shape) {
    return graph.constant(
        ConstantTensor.floats(Array.uniform(random, 0.5f, 2, shape).content(), shape));
  }

  /** The mean along one axis, which is kept, in the form of the graph's opset. */
  static Value mean(GraphEditor graph, Value value, long axis) {
    GraphEditor.NodeWriter node =
        graph.opset() < 18
            ? graph.node("ReduceMean", value).with("axes", new long[] {axis})
            : graph.node("ReduceMean", value, graph.list(axis));
    return node.with("keepdims", 1).output();
  }
}
