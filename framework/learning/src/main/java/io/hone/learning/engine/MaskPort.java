package io.hone.learning.engine;

import java.util.List;

/**
 * Where a network takes the mask of a Dropout.
 *
 * @param name of the port
 * @param probability of a value to be left out, at least 0 and below 1
 * @param shape of the mask of one example
 */
public record MaskPort(String name, double probability, List<Integer> shape) {
  /** Copies the shape. */
  public MaskPort {
    shape = List.copyOf(shape);
  }
}
