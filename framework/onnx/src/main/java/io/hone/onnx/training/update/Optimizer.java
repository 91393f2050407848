package io.hone.onnx.training.update;

import java.util.List;
import java.util.Map;

/** A rule by which a weight follows its gradient. */
public sealed interface Optimizer permits Adam, GradientDescent {
  /**
   * Returns what a weight needs beside itself, tensors of its shape that start as zeros, such as
   * {@code velocity}.
   */
  List<String> states();

  /**
   * Returns the numbers that the graph is fed in a step, by the name of the input, which is {@code
   * [1]}.
   *
   * @param rate the learning rate of the step
   * @param step counted from 1
   */
  Map<String, Float> numbers(double rate, long step);
}
