package io.hone.onnx.gradient.cases;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What reads or writes single elements and blocks at indices. */
final class IndexedCases {
  private IndexedCases() {}

  static Stream<OperatorCases> all() {
    return Stream.of(
        OperatorCases.of("GatherElements", IndexedCases::wide, IndexedCases::gatherElements)
            .at(11, 13, 18),
        OperatorCases.of("GatherND", IndexedCases::wide, IndexedCases::gatherBlocks).at(11, 12, 18),
        OperatorCases.of("Scatter", IndexedCases::wide, IndexedCases::scatterElements).at(9),
        OperatorCases.of("ScatterElements", IndexedCases::wide, IndexedCases::scatterElements)
            .at(11, 13, 16, 18),
        OperatorCases.of("ScatterND", IndexedCases::wide, IndexedCases::scatterBlocks)
            .at(11, 13, 16, 18),
        OperatorCases.of("Compress", IndexedCases::wide, IndexedCases::compress).at(9, 11, 18),
        OperatorCases.of("TopK", IndexedCases::wide, IndexedCases::topK).at(9, 10, 11, 18),
        OperatorCases.of("Trilu", IndexedCases::wide, IndexedCases::triangle).at(14, 18));
  }

  /** Two or three axes of two to five elements. */
  private static long[] wide(Random r) {
    return LongStream.range(0, 2 + r.nextInt(2)).map(i -> 2 + r.nextInt(4)).toArray();
  }

  private static Value gatherElements(GraphEditor g, Value x, long[] s, Random r) {
    int axis = r.nextInt(s.length);
    long[] shape = s.clone();
    shape[axis] = 1 + r.nextInt(4);
    for (int i = 1; i < s.length; i++) {
      shape[i] = i == axis || r.nextBoolean() ? shape[i] : 1;
    }
    Value indices = g.constant(ConstantTensor.longs(indices(shape, s[axis], true, r), shape));
    return g.node("GatherElements", x, r.nextBoolean() ? indices : g.op("Identity", indices))
        .with("axis", r.nextBoolean() ? axis : axis - s.length)
        .output();
  }

  private static long[] indices(long[] shape, long size, boolean negative, Random r) {
    return LongStream.range(0, Drawn.elements(shape))
        .map(i -> r.nextInt((int) size) - (negative && r.nextBoolean() ? size : 0))
        .toArray();
  }

  private static Value gatherBlocks(GraphEditor g, Value x, long[] s, Random r) {
    int batch = g.opset() < 12 ? 0 : r.nextInt(s.length);
    int depth = 1 + r.nextInt(s.length - batch);
    List<Long> shape = new ArrayList<>();
    LongStream.of(s).limit(batch).forEach(shape::add);
    LongStream.range(0, r.nextInt(3)).forEach(i -> shape.add(1L + r.nextInt(3)));
    shape.add((long) depth);
    long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
    long[] content = new long[(int) Drawn.elements(sizes)];
    for (int i = 0; i < content.length; i++) {
      long size = s[batch + i % depth];
      content[i] = r.nextInt((int) size) - (r.nextBoolean() ? size : 0);
    }
    Value indices = g.constant(ConstantTensor.longs(content, sizes));
    GraphEditor.NodeWriter node =
        g.node("GatherND", x, r.nextBoolean() ? indices : g.op("Identity", indices));
    return g.opset() < 12 ? node.output() : node.with("batch_dims", batch).output();
  }

  /** How updates meet what is there, as far as the opset knows. */
  private static String reduction(GraphEditor g, Random r) {
    int known = g.opset() < 16 ? 1 : g.opset() < 18 ? 3 : 5;
    return List.of("none", "add", "mul", "max", "min").get(r.nextInt(known));
  }

  private static Value scatterElements(GraphEditor g, Value x, long[] s, Random r) {
    int axis = r.nextInt(s.length);
    String reduction = reduction(g, r);
    long[] shape = s.clone();
    long[] content;
    if (reduction.equals("none")) {
      // Nothing is written twice.
      content = new long[(int) Drawn.elements(s)];
      long inner = LongStream.of(s).skip(axis + 1L).reduce(1, (a, b) -> a * b);
      for (int i = 0; i < content.length; i++) {
        content[i] = s[axis] - 1 - i / inner % s[axis];
      }
      for (int i = 0; i < content.length; i++) {
        content[i] -= g.opset() >= 11 && r.nextBoolean() ? s[axis] : 0;
      }
    } else {
      content = indices(shape, s[axis], true, r);
    }
    Value indices = g.constant(ConstantTensor.longs(content, shape));
    boolean both = r.nextBoolean();
    Value square = g.op("Mul", x, g.op("Sub", x, g.scalar(0.7f)));
    Value constant = Drawn.constant(g, r, s);
    Value data = both || r.nextBoolean() ? x : constant;
    Value updates = both || data == constant ? square : constant;
    GraphEditor.NodeWriter node =
        g.node(g.opset() < 11 ? "Scatter" : "ScatterElements", data, indices, updates)
            .with("axis", g.opset() >= 11 && r.nextBoolean() ? axis - s.length : axis);
    return g.opset() < 16 ? node.output() : node.with("reduction", reduction).output();
  }

  private static Value scatterBlocks(GraphEditor g, Value x, long[] s, Random r) {
    int depth = 1 + r.nextInt(s.length);
    String reduction = reduction(g, r);
    long[] places = Arrays.copyOf(s, depth);
    List<Long> all = new ArrayList<>(LongStream.range(0, Drawn.elements(places)).boxed().toList());
    Collections.shuffle(all, r);
    int count = 1 + r.nextInt(all.size());
    long[] content = new long[count * depth];
    for (int i = 0; i < count; i++) {
      boolean again = !reduction.equals("none") && r.nextInt(3) == 0;
      long rest = again ? all.get(0) : all.get(i);
      for (int axis = depth - 1; axis >= 0; axis--) {
        content[i * depth + axis] = rest % s[axis];
        rest /= s[axis];
      }
    }
    Value indices = g.constant(ConstantTensor.longs(content, count, depth));
    long[] shape = LongStream.concat(LongStream.of(count), LongStream.of(s).skip(depth)).toArray();
    Value mean = g.node("ReduceMean", g.op("Tanh", x)).with("keepdims", 0).output();
    Value constant = Drawn.constant(g, r, shape);
    Value updates = r.nextBoolean() ? constant : g.op("Add", g.op("Mul", constant, mean), constant);
    GraphEditor.NodeWriter node = g.node("ScatterND", x, indices, updates);
    return g.opset() < 16 ? node.output() : node.with("reduction", reduction).output();
  }

  private static Value compress(GraphEditor g, Value x, long[] s, Random r) {
    int axis = r.nextInt(s.length);
    boolean flat = r.nextInt(3) == 0;
    // The condition may be shorter than what it chooses from.
    int length = (int) (flat ? Drawn.elements(s) : s[axis]) - r.nextInt(2);
    float[] chosen = new float[length];
    for (int i = 0; i < length; i++) {
      chosen[i] = r.nextInt(2);
    }
    chosen[r.nextInt(length)] = 1;
    Value condition =
        g.node("Cast", g.constant(ConstantTensor.floats(chosen, length)))
            .with("to", ElementType.BOOL.code())
            .output();
    GraphEditor.NodeWriter node = g.node("Compress", x, condition);
    boolean negative = g.opset() >= 11 && r.nextBoolean();
    return flat ? node.output() : node.with("axis", negative ? axis - s.length : axis).output();
  }

  private static Value topK(GraphEditor g, Value x, long[] s, Random r) {
    int axis = r.nextInt(s.length);
    long count = 1 + r.nextInt((int) s[axis]);
    GraphEditor.NodeWriter node =
        g.opset() < 10 ? g.node("TopK", x).with("k", count) : g.node("TopK", x, g.list(count));
    if (g.opset() >= 11) {
      node.with("largest", r.nextInt(2)).with("sorted", 1);
    }
    node.with("axis", g.opset() >= 11 && r.nextBoolean() ? axis - s.length : axis);
    return node.outputs(2).get(0);
  }

  private static Value triangle(GraphEditor g, Value x, long[] s, Random r) {
    GraphEditor.NodeWriter node =
        r.nextBoolean()
            ? g.node("Trilu", x)
            : g.node("Trilu", x, g.constant(ConstantTensor.longs(new long[] {r.nextInt(5) - 2})));
    return r.nextInt(3) == 0 ? node.output() : node.with("upper", r.nextInt(2)).output();
  }
}
