package io.hone.onnx.support.interpreter;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Normalisations and softmax. */
final class NormalizationOperators {
  private NormalizationOperators() {}

  static Map<String, Operator> all() {
    return Map.of(
        "BatchNormalization", NormalizationOperators::batch,
        "InstanceNormalization", Operator.single(NormalizationOperators::instance),
        "GroupNormalization", Operator.single(NormalizationOperators::group),
        "LayerNormalization", Operator.single(NormalizationOperators::layer),
        "LRN", Operator.single(NormalizationOperators::localResponse),
        "Softmax", Operator.single(a -> softmax(a, false)),
        "LogSoftmax", Operator.single(a -> softmax(a, true)));
  }

  private static List<DoubleTensor> batch(Application a) {
    boolean trains = a.node().integer("training_mode", 0) != 0;
    DoubleTensor mean = trains ? meanOfChannels(a.input(0), 0, null) : a.input(3);
    DoubleTensor variance = trains ? meanOfChannels(a.input(0), 1, mean) : a.input(4);
    double epsilon = a.node().number("epsilon", 1e-5f);
    int rank = a.input(0).rank();
    DoubleTensor centred =
        ArithmeticOperators.broadcast(a.input(0), channels(mean, rank), (x, m) -> x - m);
    DoubleTensor scaled =
        ArithmeticOperators.broadcast(
            centred, channels(mapRoot(variance, epsilon), rank), (x, d) -> x / d);
    DoubleTensor y = scaledAndShifted(scaled, perChannel(a, 1), perChannel(a, 2));
    double momentum = a.node().number("momentum", 0.9f);
    return trains
        ? List.of(y, mixed(a.input(3), mean, momentum), mixed(a.input(4), variance, momentum))
        : List.of(y);
  }

  /** Returns the mean of each channel, or of its squared distances from centres. */
  private static DoubleTensor meanOfChannels(DoubleTensor x, int squared, DoubleTensor centres) {
    int channels = x.shape()[1];
    int plane = x.content().length / x.shape()[0] / channels;
    double[] sums = new double[channels];
    for (int i = 0; i < x.content().length; i++) {
      int channel = i / plane % channels;
      double distance = squared == 0 ? x.content()[i] : x.content()[i] - centres.content()[channel];
      sums[channel] += squared == 0 ? distance : distance * distance;
    }
    double count = (double) x.content().length / channels;
    return DoubleTensor.of(Arrays.stream(sums).map(sum -> sum / count).toArray(), channels);
  }

  private static DoubleTensor mixed(DoubleTensor before, DoubleTensor now, double momentum) {
    return ArithmeticOperators.broadcast(
        before, now, (old, fresh) -> momentum * old + (1 - momentum) * fresh);
  }

  private static DoubleTensor mapRoot(DoubleTensor variance, double epsilon) {
    return DoubleTensor.of(
        Arrays.stream(variance.content()).map(v -> Math.sqrt(v + epsilon)).toArray(),
        variance.shape());
  }

  private static DoubleTensor perChannel(Application a, int index) {
    return channels(a.input(index), a.input(0).rank());
  }

  private static DoubleTensor channels(DoubleTensor list, int rank) {
    int[] shape = new int[rank];
    Arrays.fill(shape, 1);
    shape[1] = list.content().length;
    return list.reshaped(shape);
  }

  private static DoubleTensor scaledAndShifted(
      DoubleTensor x, DoubleTensor scale, DoubleTensor shift) {
    return ArithmeticOperators.broadcast(
        ArithmeticOperators.broadcast(x, scale, (v, s) -> v * s), shift, Double::sum);
  }

  private static DoubleTensor instance(Application a) {
    DoubleTensor normal = Rows.changedFrom(a.input(0), 2, standard(a));
    return scaledAndShifted(normal, perChannel(a, 1), perChannel(a, 2));
  }

  /** Scale and bias were per group until opset 20 and are per channel since 21. */
  private static DoubleTensor group(Application a) {
    DoubleTensor x = a.input(0);
    int groups = (int) a.node().integer("num_groups", 1);
    int[] joined = {x.shape()[0], groups, x.content().length / x.shape()[0] / groups};
    DoubleTensor normal = Rows.changedFrom(x.reshaped(joined), 2, standard(a));
    if (a.input(1).content().length == groups) {
      return scaledAndShifted(normal, channels(a.input(1), 3), channels(a.input(2), 3))
          .reshaped(x.shape());
    }
    return scaledAndShifted(normal.reshaped(x.shape()), perChannel(a, 1), perChannel(a, 2));
  }

  private static DoubleTensor layer(Application a) {
    int axis = a.axis(-1, a.input(0).rank());
    DoubleTensor normal = Rows.changedFrom(a.input(0), axis, standard(a));
    DoubleTensor scaled =
        ArithmeticOperators.broadcast(normal, a.input(1), (x, scale) -> x * scale);
    return a.has(2) ? ArithmeticOperators.broadcast(scaled, a.input(2), Double::sum) : scaled;
  }

  /** Takes mean 0 and variance 1. */
  private static Rows.Change standard(Application a) {
    double epsilon = a.node().number("epsilon", 1e-5f);
    return row -> {
      double mean = Arrays.stream(row).average().orElseThrow();
      double variance =
          Arrays.stream(row).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
      for (int i = 0; i < row.length; i++) {
        row[i] = (row[i] - mean) / Math.sqrt(variance + epsilon);
      }
    };
  }

  private static DoubleTensor localResponse(Application a) {
    int size = (int) a.node().integer("size", 1);
    double alpha = a.node().number("alpha", 0.0001f);
    double beta = a.node().number("beta", 0.75f);
    double bias = a.node().number("bias", 1);
    return Rows.changedAlong(
        a.input(0),
        1,
        row -> {
          double[] x = row.clone();
          for (int c = 0; c < x.length; c++) {
            double squares = 0;
            int last = Math.min(x.length - 1, c + size / 2);
            for (int i = Math.max(0, c - (size - 1) / 2); i <= last; i++) {
              squares += x[i] * x[i];
            }
            row[c] = x[c] / Math.pow(bias + alpha / size * squares, beta);
          }
        });
  }

  /** Until opset 12 everything from the axis on was one row. */
  private static DoubleTensor softmax(Application a, boolean logarithm) {
    DoubleTensor x = a.input(0);
    Rows.Change change = row -> softmax(row, logarithm);
    return a.opset() < 13
        ? Rows.changedFrom(x, a.axis(1, x.rank()), change)
        : Rows.changedAlong(x, a.axis(-1, x.rank()), change);
  }

  private static void softmax(double[] row, boolean logarithm) {
    double largest = Arrays.stream(row).max().orElseThrow();
    double sum = Arrays.stream(row).map(x -> Math.exp(x - largest)).sum();
    for (int i = 0; i < row.length; i++) {
      double log = row[i] - largest - Math.log(sum);
      row[i] = logarithm ? log : Math.exp(log);
    }
  }
}
