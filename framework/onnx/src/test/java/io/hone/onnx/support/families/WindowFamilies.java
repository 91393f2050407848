package io.hone.onnx.support.families;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.families.Layers.Convolution;
import java.util.stream.Stream;

/** Networks that attend within windows of the image: Swin, MaxViT. */
final class WindowFamilies {
  private static final int EDGE = 8;
  private static final int WINDOW = 4;
  private static final int TOKENS = WINDOW * WINDOW;
  private static final int WIDTH = 8;
  private static final int HEADS = 2;

  private WindowFamilies() {}

  static Stream<Family> all() {
    Variant[] variants = {
      new Variant(11, true), new Variant(16, true), new Variant(17, false), new Variant(21, false)
    };
    return Stream.of(
        Family.of("Swin", 3, 16, WindowFamilies::swin).written(variants),
        Family.of("MaxViT", 3, 16, v -> maxVit(v, false)).written(variants),
        Family.of("MaxViT with Einsum", 3, 16, v -> maxVit(v, true))
            .written(new Variant(12, true), new Variant(17, false)));
  }

  private static OnnxModel swin(Variant variant) {
    Layers net = new Layers(variant, 61);
    Features patches = TransformerFamilies.patches(net, net.image(3, 16), WIDTH, 2);
    Value x = net.layerNormalization(net.forms.transpose(patches.value(), 0, 2, 3, 1), WIDTH);
    for (int shift : new int[] {0, WINDOW / 2}) {
      Value normal = net.layerNormalization(x, WIDTH);
      x = net.graph.op("Add", x, windowAttention(net, normal, shift));
      x = net.graph.op("Add", x, perceptron(net, x, WIDTH));
    }
    x = merged(net, x);
    x = net.layerNormalization(x, 2 * WIDTH);
    Features last = new Features(net.forms.transpose(x, 0, 3, 1, 2), 2 * WIDTH);
    return net.classifier(last, 7, "Swin");
  }

  private static Value perceptron(Layers net, Value x, int width) {
    Value wide = net.dense(net.layerNormalization(x, width), width, 2 * width);
    return net.dense(net.forms.gelu(wide), 2 * width, width);
  }

  /** Attention within windows that are side by side, shifted now and then. */
  private static Value windowAttention(Layers net, Value x, int shift) {
    Value rolled = x;
    for (int axis = 1; shift > 0 && axis <= 2; axis++) {
      rolled = net.forms.roll(rolled, axis, shift);
    }
    Size batch = net.sizes.batch(x);
    Size high = net.sizes.over(net.sizes.of(x, 1, EDGE), WINDOW);
    Size wide = net.sizes.over(net.sizes.of(x, 2, EDGE), WINDOW);
    Size edge = Size.of(WINDOW);
    Size width = Size.of(WIDTH);
    Value apart = net.sizes.reshape(rolled, batch, high, edge, wide, edge, width);
    Size windows = net.sizes.times(batch, net.sizes.times(high, wide));
    Value tokens =
        net.sizes.reshape(
            net.forms.transpose(apart, 0, 1, 3, 2, 4, 5), windows, Size.of(TOKENS), width);
    Value mixed = attention(net, tokens, windows, shift > 0);
    Value back = net.sizes.reshape(mixed, batch, high, wide, edge, edge, width);
    Size full = Size.of(EDGE);
    Value joined =
        net.sizes.reshape(net.forms.transpose(back, 0, 1, 3, 2, 4, 5), batch, full, full, width);
    for (int axis = 1; shift > 0 && axis <= 2; axis++) {
      joined = net.forms.roll(joined, axis, EDGE - shift);
    }
    return joined;
  }

  private static Value attention(Layers net, Value tokens, Size windows, boolean masked) {
    Size head = Size.of(WIDTH / HEADS);
    Value all = net.dense(tokens, WIDTH, 3 * WIDTH);
    Value heads =
        net.sizes.reshape(all, windows, Size.of(TOKENS), Size.of(3), Size.of(HEADS), head);
    Value turned = net.forms.transpose(heads, 2, 0, 3, 1, 4);
    Value queries = net.graph.op("Mul", net.forms.entry(turned, 0, 0), net.graph.scalar(0.5f));
    Value keys = net.forms.transpose(net.forms.entry(turned, 0, 1), 0, 1, 3, 2);
    Value scores = net.graph.op("Add", net.graph.op("MatMul", queries, keys), bias(net));
    if (masked) {
      int count = EDGE / WINDOW * (EDGE / WINDOW);
      Size images = net.sizes.over(windows, count);
      Size tokensSize = Size.of(TOKENS);
      Size headCount = Size.of(HEADS);
      Value grouped =
          net.sizes.reshape(scores, images, Size.of(count), headCount, tokensSize, tokensSize);
      Value mask = net.forms.unsqueeze(net.forms.unsqueeze(mask(net, count), 1), 0);
      scores =
          net.sizes.reshape(
              net.graph.op("Add", grouped, mask), windows, headCount, tokensSize, tokensSize);
    }
    Value mixed = net.graph.op("MatMul", net.forms.softmax(scores), net.forms.entry(turned, 0, 2));
    Value joined =
        net.sizes.reshape(
            net.forms.transpose(mixed, 0, 2, 1, 3), windows, Size.of(TOKENS), Size.of(WIDTH));
    return net.dense(joined, WIDTH, WIDTH);
  }

  /** A bias for each distance between two tokens, looked up in a table of all distances. */
  private static Value bias(Layers net) {
    int reach = 2 * WINDOW - 1;
    long[] index = new long[TOKENS * TOKENS];
    for (int i = 0; i < TOKENS; i++) {
      for (int j = 0; j < TOKENS; j++) {
        int rows = i / WINDOW - j / WINDOW + WINDOW - 1;
        int columns = i % WINDOW - j % WINDOW + WINDOW - 1;
        index[i * TOKENS + j] = (long) rows * reach + columns;
      }
    }
    Value table = net.drawn(-0.5f, 0.5f, (long) reach * reach, HEADS);
    Value found = net.graph.node("Gather", table, net.graph.list(index)).with("axis", 0).output();
    Value square = net.graph.op("Reshape", found, net.graph.list(TOKENS, TOKENS, -1));
    return net.forms.unsqueeze(net.forms.transpose(square, 2, 0, 1), 0);
  }

  /** Keeps tokens apart that only the shift brought together. */
  private static Value mask(Layers net, int windows) {
    float[] mask = new float[windows * TOKENS * TOKENS];
    int shift = WINDOW / 2;
    for (int window = 0; window < windows; window++) {
      for (int i = 0; i < TOKENS; i++) {
        for (int j = 0; j < TOKENS; j++) {
          boolean apart = region(window, i, shift) != region(window, j, shift);
          mask[(window * TOKENS + i) * TOKENS + j] = apart ? -100 : 0;
        }
      }
    }
    return net.graph.constant("mask", ConstantTensor.floats(mask, windows, TOKENS, TOKENS));
  }

  private static int region(int window, int token, int shift) {
    int perRow = EDGE / WINDOW;
    int row = window / perRow * WINDOW + token / WINDOW;
    int column = window % perRow * WINDOW + token % WINDOW;
    return (row >= EDGE - shift ? 2 : 0) + (column >= EDGE - shift ? 1 : 0);
  }

  /** Four neighbours become one token. */
  private static Value merged(Layers net, Value x) {
    Value[] parts = new Value[4];
    for (int i = 0; i < 4; i++) {
      parts[i] = everySecond(net, everySecond(net, x, 1, i % 2), 2, i / 2);
    }
    Value joined = net.layerNormalization(net.forms.concat(-1, parts), 4 * WIDTH);
    return net.graph.op("MatMul", joined, net.weights(4 * WIDTH, 2 * WIDTH));
  }

  private static Value everySecond(Layers net, Value x, long axis, long start) {
    return net.graph.op(
        "Slice",
        x,
        net.graph.list(start),
        net.graph.list(Long.MAX_VALUE),
        net.graph.list(axis),
        net.graph.list(2));
  }

  /** A gated convolution, then attention within windows and attention across them. */
  private static OnnxModel maxVit(Variant variant, boolean einsum) {
    Layers net = new Layers(variant, 62);
    Features x = net.convolution(net.image(3, 16), Convolution.of(WIDTH, 3).stride(2));
    x = net.with(x, net.forms.gelu(x.value()));
    Features wide = net.convolution(net.normalized(x), Convolution.of(16, 1));
    wide = net.with(wide, net.forms.gelu(wide.value()));
    wide = net.convolution(wide, Convolution.of(16, 3).group(16));
    Features gate = net.convolution(net.averaged(wide), Convolution.of(4, 1));
    gate = net.with(gate, net.forms.silu(gate.value()));
    Value gates = net.graph.op("Sigmoid", net.convolution(gate, Convolution.of(16, 1)).value());
    wide = net.with(wide, net.graph.op("Mul", gates, wide.value()));
    x = net.add(x, net.convolution(wide, Convolution.of(WIDTH, 1)));
    for (boolean grid : new boolean[] {false, true}) {
      x = net.with(x, partitioned(net, x.value(), grid, einsum));
    }
    Value means = net.layerNormalization(net.flattened(net.averaged(x)), WIDTH);
    Value hidden = net.graph.op("Tanh", net.gemm(means, WIDTH, WIDTH));
    return net.finish(net.gemm(hidden, WIDTH, 7), "MaxViT");
  }

  /** Windows of neighbours, or a grid of tokens that are apart. */
  private static Value partitioned(Layers net, Value x, boolean grid, boolean einsum) {
    Size batch = net.sizes.batch(x);
    Size count = net.sizes.over(net.sizes.of(x, 2, EDGE), WINDOW);
    Size windows = net.sizes.times(count, count);
    Size edge = Size.of(WINDOW);
    Size width = Size.of(WIDTH);
    Value apart =
        grid
            ? net.sizes.reshape(x, batch, width, edge, count, edge, count)
            : net.sizes.reshape(x, batch, width, count, edge, count, edge);
    long[] order = grid ? new long[] {0, 3, 5, 2, 4, 1} : new long[] {0, 2, 4, 3, 5, 1};
    Value tokens =
        net.sizes.reshape(
            net.forms.transpose(apart, order), batch, windows, Size.of(TOKENS), width);
    Value attended = stackedAttention(net, net.layerNormalization(tokens, WIDTH), einsum);
    tokens = net.graph.op("Add", tokens, attended);
    tokens = net.graph.op("Add", tokens, perceptron(net, tokens, WIDTH));
    Value back = net.sizes.reshape(tokens, batch, count, count, edge, edge, width);
    long[] reversed = grid ? new long[] {0, 5, 3, 1, 4, 2} : new long[] {0, 5, 1, 3, 2, 4};
    Size full = Size.of(EDGE);
    return net.sizes.reshape(net.forms.transpose(back, reversed), batch, width, full, full);
  }

  private static Value stackedAttention(Layers net, Value x, boolean einsum) {
    Size batch = net.sizes.batch(x);
    Size windows = net.sizes.of(x, 1, EDGE / WINDOW * (EDGE / WINDOW));
    Size tokens = Size.of(TOKENS);
    Value all = net.dense(x, WIDTH, 3 * WIDTH);
    Value[] parts = new Value[3];
    for (int i = 0; i < 3; i++) {
      Value part = net.forms.split(all, -1, WIDTH, WIDTH, WIDTH).get(i);
      Value heads =
          net.sizes.reshape(part, batch, windows, tokens, Size.of(HEADS), Size.of(WIDTH / HEADS));
      parts[i] = net.forms.transpose(heads, 0, 1, 3, 2, 4);
    }
    Value keys = net.graph.op("Mul", parts[1], net.graph.scalar(0.5f));
    Value scores = scores(net, parts[0], keys, einsum);
    Value weights = net.forms.softmax(net.graph.op("Add", scores, bias(net)));
    Value mixed =
        einsum
            ? einsum(net, "B G H I J, B G H J D -> B G H I D", weights, parts[2])
            : net.graph.op("MatMul", weights, parts[2]);
    Value joined =
        net.sizes.reshape(
            net.forms.transpose(mixed, 0, 1, 3, 2, 4), batch, windows, tokens, Size.of(WIDTH));
    return net.dense(joined, WIDTH, WIDTH);
  }

  private static Value scores(Layers net, Value queries, Value keys, boolean einsum) {
    return einsum
        ? einsum(net, "B G H I D, B G H J D -> B G H I J", queries, keys)
        : net.graph.op("MatMul", queries, net.forms.transpose(keys, 0, 1, 2, 4, 3));
  }

  private static Value einsum(Layers net, String equation, Value left, Value right) {
    return net.graph.node("Einsum", left, right).with("equation", equation).output();
  }
}
