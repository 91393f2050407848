package io.hone.onnx.fuzz;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * One way to make a valid model odd.
 *
 * @param name what is done
 * @param change does it, to a place drawn at random
 */
record Mutation(String name, Change change) {
  /** Integers that no model should hold, and some that many do. */
  private static final long[] ODD = {
    0,
    1,
    -1,
    2,
    -2,
    3,
    7,
    100,
    -100,
    1L << 16,
    Integer.MAX_VALUE,
    1L << 31,
    Integer.MIN_VALUE,
    1L << 40,
    -(1L << 40),
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  /** Changes a model in place; does nothing where it finds no place. */
  @FunctionalInterface
  interface Change {
    void apply(ModelProto.Builder model, Random random);
  }

  static List<Mutation> all() {
    return Stream.of(
            NodeMutations.all(),
            AttributeMutations.all(),
            ConstantMutations.all(),
            GraphMutations.all())
        .flatMap(family -> family)
        .toList();
  }

  static long odd(Random random) {
    return ODD[random.nextInt(ODD.length)];
  }
}
