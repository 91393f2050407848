package io.hone.onnxruntime.fuzz;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.hone.onnx.support.OddIntegers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Constants whose content, type and shape contradict each other, or what reads them. */
final class ConstantMutations {
  private ConstantMutations() {}

  /** Changes one constant. */
  @FunctionalInterface
  private interface TensorChange {
    void apply(TensorProto.Builder tensor, Random random);
  }

  static Stream<Mutation> all() {
    return Stream.of(
        tensor("of another type", (t, r) -> t.setDataType(r.nextInt(25))),
        tensor("of a type that is none", (t, r) -> t.setDataType((int) OddIntegers.any(r))),
        tensor("of another size", (t, r) -> t.addDims(OddIntegers.any(r))),
        tensor("of impossible size", (t, r) -> t.addDims(1L << 40).addDims(1L << 40)),
        tensor("of no size", (t, r) -> t.clearDims()),
        tensor("of a hundred axes", ConstantMutations::hundredAxes),
        tensor("that is empty", (t, r) -> t.addDims(0).setRawData(ByteString.EMPTY)),
        tensor("without content", (t, r) -> t.clearRawData()),
        tensor(
            "cut off", (t, r) -> t.setRawData(t.getRawData().substring(t.getRawData().size() / 3))),
        tensor("held twice", (t, r) -> t.addFloatData(1).addInt64Data(2)),
        tensor("without a name", (t, r) -> t.clearName()),
        tensor("beside the model", ConstantMutations::external),
        new Mutation("an odd integer constant", ConstantMutations::oddInteger),
        new Mutation("a constant missing", (m, r) -> missing(m, r)),
        new Mutation("a constant twice", (m, r) -> twice(m, r)),
        new Mutation("a sparse constant", ConstantMutations::sparse));
  }

  private static Mutation tensor(String name, TensorChange change) {
    return new Mutation(
        "a constant " + name,
        (model, random) -> {
          int count = model.getGraph().getInitializerCount();
          if (count > 0) {
            change.apply(
                model.getGraphBuilder().getInitializerBuilder(random.nextInt(count)), random);
          }
        });
  }

  private static void hundredAxes(TensorProto.Builder tensor, Random random) {
    for (int i = 0; i < 100; i++) {
      tensor.addDims(1);
    }
  }

  private static void external(TensorProto.Builder tensor, Random random) {
    tensor
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .clearRawData()
        .addExternalData(
            StringStringEntryProto.newBuilder()
                .setKey("location")
                .setValue(random.nextBoolean() ? "/dev/zero" : "../../secret"));
  }

  /** Axes, sizes, pads and indices are what graphs trust most. */
  private static void oddInteger(ModelProto.Builder model, Random random) {
    List<TensorProto.Builder> integers =
        model.getGraphBuilder().getInitializerBuilderList().stream()
            .filter(tensor -> tensor.getDataType() == TensorProto.DataType.INT64_VALUE)
            .filter(tensor -> tensor.getRawData().size() >= Long.BYTES)
            .toList();
    if (!integers.isEmpty()) {
      TensorProto.Builder tensor = integers.get(random.nextInt(integers.size()));
      ByteBuffer content =
          ByteBuffer.wrap(tensor.getRawData().toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
      int place = random.nextInt(content.capacity() / Long.BYTES);
      content.putLong(place * Long.BYTES, OddIntegers.any(random));
      tensor.setRawData(ByteString.copyFrom(content.array()));
    }
  }

  private static void missing(ModelProto.Builder model, Random random) {
    int count = model.getGraph().getInitializerCount();
    if (count > 0) {
      model.getGraphBuilder().removeInitializer(random.nextInt(count));
    }
  }

  private static void twice(ModelProto.Builder model, Random random) {
    int count = model.getGraph().getInitializerCount();
    if (count > 0) {
      model
          .getGraphBuilder()
          .addInitializer(model.getGraph().getInitializer(random.nextInt(count)));
    }
  }

  private static void sparse(ModelProto.Builder model, Random random) {
    int count = model.getGraph().getInitializerCount();
    if (count == 0) {
      return;
    }
    int place = random.nextInt(count);
    TensorProto values = model.getGraph().getInitializer(place);
    TensorProto.Builder indices =
        TensorProto.newBuilder().setDataType(TensorProto.DataType.INT64_VALUE).addDims(2);
    indices.addInt64Data(OddIntegers.any(random)).addInt64Data(OddIntegers.any(random));
    SparseTensorProto.Builder sparse =
        SparseTensorProto.newBuilder().setValues(values).setIndices(indices);
    for (int axis = random.nextInt(3); axis >= 0; axis--) {
      sparse.addDims(OddIntegers.any(random));
    }
    model.getGraphBuilder().removeInitializer(place).addSparseInitializer(sparse);
  }
}
