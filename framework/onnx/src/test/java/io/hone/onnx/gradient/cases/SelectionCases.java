package io.hone.onnx.gradient.cases;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What takes some of the elements: cuts, parts, and reads at indices. */
final class SelectionCases {
  private static final List<Long> BEHIND = List.of((long) Integer.MAX_VALUE, Long.MAX_VALUE, 1000L);
  private static final List<Long> BEFORE =
      List.of((long) Integer.MIN_VALUE, Long.MIN_VALUE + 1, -1000L);

  private SelectionCases() {}

  static Stream<OperatorCases> all() {
    return Stream.of(
        OperatorCases.of("Slice", SelectionCases::wide, SelectionCases::slice)
            .at(9, 10, 11, 13, 18),
        OperatorCases.of("Split", SelectionCases::wide, SelectionCases::split).at(9, 11, 13, 18),
        OperatorCases.of("Gather", SelectionCases::wide, SelectionCases::gather).at(9, 11, 13, 18));
  }

  /** Two to four axes of two to six elements. */
  private static long[] wide(Random r) {
    return LongStream.range(0, 2 + r.nextInt(3)).map(i -> 2 + r.nextInt(5)).toArray();
  }

  /** The same list, as the model's own constant or as the sum of two. */
  private static Value told(GraphEditor g, Random r, long... list) {
    return r.nextInt(3) > 0 ? g.list(list) : computed(g, list);
  }

  private static Value computed(GraphEditor g, long... list) {
    return g.op("Max", g.list(list), g.list(Arrays.stream(list).map(i -> i - 1).toArray()));
  }

  private static Value slice(GraphEditor g, Value x, long[] s, Random r) {
    int count = 1 + r.nextInt(s.length);
    long[] axes = LongStream.range(s.length - count, s.length).toArray();
    long[] starts = new long[count];
    long[] ends = new long[count];
    long[] steps = new long[count];
    boolean plain = g.opset() < 10 || r.nextInt(3) == 0;
    for (int i = 0; i < count; i++) {
      long size = s[(int) axes[i]];
      steps[i] = plain ? 1 : List.of(1L, 2L, 3L, -1L, -2L).get(r.nextInt(5));
      boolean up = steps[i] > 0;
      starts[i] = r.nextInt((int) size - 1);
      ends[i] = starts[i] + 1 + r.nextInt((int) (size - starts[i]));
      if (r.nextInt(3) == 0) {
        ends[i] = BEHIND.get(r.nextInt(3));
      } else if (r.nextInt(2) == 0 && ends[i] < size) {
        ends[i] -= size;
      }
      if (!up) {
        starts[i] = r.nextBoolean() ? size - 1 : BEHIND.get(r.nextInt(3));
        ends[i] = r.nextBoolean() ? r.nextInt((int) size - 1) : BEFORE.get(r.nextInt(3));
      } else if (r.nextInt(3) == 0) {
        starts[i] -= size;
      } else if (r.nextInt(4) == 0) {
        starts[i] = BEFORE.get(r.nextInt(3));
      }
      axes[i] = r.nextBoolean() ? axes[i] : axes[i] - s.length;
    }
    boolean named = count < s.length || r.nextBoolean();
    if (g.opset() < 10) {
      GraphEditor.NodeWriter node = g.node("Slice", x).with("starts", starts).with("ends", ends);
      return named ? node.with("axes", axes).output() : node.output();
    }
    boolean maxOfIntegers = g.opset() >= 12;
    return g.op(
        "Slice",
        x,
        maxOfIntegers ? told(g, r, starts) : g.list(starts),
        maxOfIntegers ? told(g, r, ends) : g.list(ends),
        named ? g.list(axes) : Value.NONE,
        plain && r.nextBoolean() ? Value.NONE : g.list(steps));
  }

  private static Value split(GraphEditor g, Value x, long[] s, Random r) {
    int axis = r.nextInt(s.length);
    int parts = (int) Math.min(s[axis], 2 + r.nextInt(2));
    boolean even = s[axis] % parts == 0 || g.opset() >= 18;
    GraphEditor.NodeWriter node;
    if (even && r.nextBoolean()) {
      parts =
          g.opset() >= 18 && (parts - 1) * ((s[axis] + parts - 1) / parts) >= s[axis] ? 2 : parts;
      node = g.node("Split", x);
      if (g.opset() >= 18) {
        node.with("num_outputs", parts);
      }
    } else {
      long[] sizes = LongStream.range(0, parts).map(i -> 1).toArray();
      sizes[r.nextInt(parts)] += s[axis] - parts;
      node =
          g.opset() < 13
              ? g.node("Split", x).with("split", sizes)
              : g.node("Split", x, g.opset() < 13 ? g.list(sizes) : told(g, r, sizes));
    }
    List<Value> outputs =
        node.with("axis", r.nextBoolean() ? axis : axis - s.length).outputs(parts);
    // One part is left unused now and then.
    int used = r.nextBoolean() ? parts : parts - 1;
    Value[] flat = new Value[used];
    for (int i = 0; i < used; i++) {
      Value part = outputs.get(r.nextBoolean() && used == parts ? i : parts - 1 - i);
      flat[i] = g.op("Reshape", i == 0 ? g.op("Tanh", part) : part, g.list(1, -1));
    }
    return g.node("Concat", flat).with("axis", 1).output();
  }

  private static Value gather(GraphEditor g, Value x, long[] s, Random r) {
    int axis = r.nextInt(s.length);
    int size = (int) s[axis];
    boolean negative = g.opset() >= 11 && r.nextBoolean();
    long[] indices;
    long[] shape;
    switch (r.nextInt(5)) {
      case 0 -> {
        indices = new long[] {r.nextInt(size)};
        shape = new long[0];
      }
      case 1 -> {
        indices = LongStream.range(r.nextInt(size - 1), size).toArray();
        shape = new long[] {indices.length};
      }
      case 2 -> {
        indices = LongStream.range(0, size).map(i -> size - 1 - i).skip(1).toArray();
        shape = new long[] {indices.length};
      }
      case 3 -> {
        indices = LongStream.range(0, 4).map(i -> r.nextInt(size)).toArray();
        shape = new long[] {2, 2};
      }
      default -> {
        indices = LongStream.range(0, 1 + r.nextInt(5)).map(i -> r.nextInt(size)).toArray();
        shape = new long[] {indices.length};
      }
    }
    if (negative) {
      indices = Arrays.stream(indices).map(i -> i - size).toArray();
    }
    Value places = g.constant(ConstantTensor.longs(indices, shape));
    if (r.nextInt(3) == 0) {
      places = g.op("Identity", g.op("Abs", places));
      if (negative) {
        places = g.op("Neg", places);
      }
    }
    return g.node("Gather", x, places)
        .with("axis", r.nextBoolean() ? axis : axis - s.length)
        .output();
  }
}
