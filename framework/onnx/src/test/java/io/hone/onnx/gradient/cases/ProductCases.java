package io.hone.onnx.gradient.cases;

import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Matrix products. */
final class ProductCases {
  private ProductCases() {}

  static Stream<OperatorCases> all() {
    return Stream.concat(products(), Stream.of(einsum(), attention()));
  }

  private static Stream<OperatorCases> products() {
    return Stream.of(
        OperatorCases.of(
            "Gemm", r -> new long[] {1 + r.nextInt(4), 1 + r.nextInt(4)}, ProductCases::gemm),
        OperatorCases.of("MatMul", Drawn::anyShape, ProductCases::matMul));
  }

  /** Images of eight places; queries, keys and values in heads, or joined. */
  private static OperatorCases attention() {
    return OperatorCases.of("Attention", r -> new long[] {2, 2, 4, 6}, ProductCases::attention)
        .at(23, 24);
  }

  private static Value attention(GraphEditor g, Value x, long[] s, Random r) {
    boolean joined = r.nextBoolean();
    Value query = joined ? g.op("Reshape", x, g.list(2, 8, 6)) : x;
    Value key = g.op("Tanh", g.op("Mul", query, g.scalar(2)));
    Value value = g.op("Mul", query, query);
    long places = joined ? 8 : 4;
    Value mask = r.nextBoolean() ? Drawn.constant(g, r, places, places) : Value.NONE;
    GraphEditor.NodeWriter node = g.node("Attention", query, key, value, mask);
    if (joined) {
      node.with("q_num_heads", 2).with("kv_num_heads", 2);
    }
    return r.nextBoolean() ? node.output() : node.with("scale", 0.7f).output();
  }

  private static OperatorCases einsum() {
    return OperatorCases.of(
            "Einsum", r -> new long[] {1 + r.nextInt(3), 3, 2, 3}, ProductCases::einsum)
        .at(12, 13, 18, 21);
  }

  /** The image has axes [n, 3, 2, 3]; on the other side is a constant or a part of the image. */
  private static Value einsum(GraphEditor g, Value x, long[] s, Random r) {
    Value mean = g.node("ReduceMean", x).with("keepdims", 1).output();
    Value cut = g.op("Slice", x, g.list(0), g.list(1), g.list(2));
    Value rows = g.op("Reshape", cut, g.list(-1, 3, 3));
    return switch (r.nextInt(19)) {
      case 0 -> einsum(g, "nchw,kc->nkhw", x, Drawn.constant(g, r, 4, 3));
      // Letters that one operand alone has are summed.
      case 1 -> einsum(g, "nchw,kh->kc", x, Drawn.constant(g, r, 2, 2));
      case 2 -> einsum(g, "nchc,ch->nc", x, Drawn.constant(g, r, 3, 2));
      case 3 -> einsum(g, "nchc->n", x);
      case 4 -> einsum(g, "abcd->dbca", x);
      case 5 -> einsum(g, "...hw,wk->...hk", x, Drawn.constant(g, r, 3, 2));
      case 6 -> einsum(g, "...w,...w->...", x, Drawn.constant(g, r, 1, 3, 2, 3));
      case 7 -> einsum(g, "bhij,bhkj", x, g.op("Tanh", x));
      case 8 -> einsum(g, "nchw,nkhw->nck", x, g.op("Mul", x, x));
      // The result is a single number.
      case 9 -> einsum(g, "nchw,nchw->", x, g.op("Tanh", x));
      case 10 -> einsum(g, "nchw,nchw->nchw", x, mean);
      case 11 -> einsum(g, "ncw,ncv->nwv", rows, g.op("Mul", rows, rows));
      case 12 ->
          einsum(g, "ncw,wk,kl->ncl", rows, Drawn.constant(g, r, 3, 2), Drawn.constant(g, r, 2, 4));
      case 13 -> einsum(g, "ncw,ncv,nww->nv", rows, rows, rows);
      case 14 -> einsum(g, "nww->wn", rows);
      case 15 -> einsum(g, "...ij->...ji", x);
      case 16 -> einsum(g, "wcha,bw", x, Drawn.constant(g, r, 2, s[0]));
      // Summed against an axis of one element.
      case 17 -> einsum(g, "nchw,nc->nw", x, g.op("Reshape", mean, g.list(1, 1)));
      default -> einsum(g, "k,nchw->nchw", Drawn.constant(g, r, 5), x);
    };
  }

  private static Value einsum(GraphEditor g, String equation, Value... operands) {
    return g.node("Einsum", operands).with("equation", equation).output();
  }

  private static Value gemm(GraphEditor g, Value x, long[] s, Random r) {
    long transA = r.nextInt(2);
    long transB = r.nextInt(2);
    Value left = x;
    Value right;
    long columns = 1 + r.nextInt(4);
    if (r.nextBoolean()) {
      long inner = transA == 0 ? s[1] : s[0];
      right = Drawn.constant(g, r, transB == 0 ? inner : columns, transB == 0 ? columns : inner);
    } else {
      // The image is on the right.
      right = x;
      columns = transB == 0 ? s[1] : s[0];
      long inner = transB == 0 ? s[0] : s[1];
      long rows = 1 + r.nextInt(4);
      left = Drawn.constant(g, r, transA == 0 ? rows : inner, transA == 0 ? inner : rows);
    }
    Value bias =
        switch (r.nextInt(3)) {
          case 0 -> Value.NONE;
          case 1 -> Drawn.constant(g, r, columns);
          default -> g.node("ReduceSum", x).with("keepdims", 1).output();
        };
    return g.node("Gemm", left, right, bias)
        .with("transA", transA)
        .with("transB", transB)
        .with("alpha", 0.7f)
        .with("beta", 1.3f)
        .output();
  }

  private static Value matMul(GraphEditor g, Value x, long[] s, Random r) {
    int rank = s.length;
    long other = 1 + r.nextInt(3);
    switch (r.nextInt(6)) {
      case 0:
        return g.op("MatMul", x, Drawn.constant(g, r, s[rank - 1], other));
      case 1:
        return g.op("MatMul", x, Drawn.constant(g, r, s[rank - 1]));
      case 2:
        return rank == 1
            ? g.op("MatMul", Drawn.constant(g, r, 2, other, s[0]), x)
            : g.op("MatMul", Drawn.constant(g, r, s[rank - 2]), x);
      case 3:
        return rank == 1
            ? g.op("MatMul", Drawn.constant(g, r, s[0]), x)
            : g.op("MatMul", Drawn.constant(g, r, other, s[rank - 2]), x);
      case 4:
        // Leading axes of a constant that the image is broadcast to.
        return g.op(
            "MatMul",
            x,
            Drawn.constant(
                g,
                r,
                switch (rank) {
                  case 4 -> new long[] {s[1], s[3], other};
                  case 3 -> new long[] {2, s[0], s[2], other};
                  default -> new long[] {2, 3, s[rank - 1], other};
                }));
      default:
        if (rank == 1) {
          return g.op("MatMul", x, x);
        }
        long[] order = LongStream.range(0, rank).toArray();
        order[rank - 1] = rank - 2;
        order[rank - 2] = rank - 1;
        return g.op("MatMul", x, g.node("Transpose", x).with("perm", order).output());
    }
  }
}
