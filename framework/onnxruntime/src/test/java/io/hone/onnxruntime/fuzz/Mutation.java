package io.hone.onnxruntime.fuzz;

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
}
