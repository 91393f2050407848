package io.hone.onnx.graph;

import static io.hone.onnx.support.Protos.graph;
import static io.hone.onnx.support.Protos.model;
import static io.hone.onnx.support.Protos.node;
import static io.hone.onnx.support.Protos.unshaped;
import static io.hone.onnx.support.Protos.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.hone.onnx.gradient.FiniteDifferences;
import io.hone.onnx.support.Array;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparseConstantsTest {
  private static final float[] DENSE = {0, 0, 2.5f, 0, -1, 0};

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void writesOutWeights(boolean coordinates) {
    OnnxModel model = initializer(sparse(coordinates));
    assertThat(model.constants().get("w").toFloats()).containsExactly(DENSE);
    assertThat(model.constants().get("w").shape()).hasToString("[2, 3]");
    assertThat(model.knows("w")).isTrue();
    Random random = new Random(1);
    FiniteDifferences.check(model, Array.uniform(random, 0, 1, 4, 2), random);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void writesOutConstantNodes(boolean coordinates) {
    AttributeProto attribute =
        AttributeProto.newBuilder()
            .setName("sparse_value")
            .setType(AttributeType.SPARSE_TENSOR)
            .setSparseTensor(sparse(coordinates))
            .build();
    OnnxModel model =
        OnnxModel.of(
            model(
                    18,
                    ports(graph(node("Constant", "", "w", attribute), node("MatMul", "x, w", "y"))))
                .build(),
            "sparse.onnx");
    assertThat(
            model.nodes().get(0).tensor("value").map(ConstantTensor::of).orElseThrow().toFloats())
        .containsExactly(DENSE);
    Random random = new Random(2);
    FiniteDifferences.check(model, Array.uniform(random, 0, 1, 4, 2), random);
  }

  @Test
  void writesOutWeightsThatAreAllZero() {
    SparseTensorProto none =
        SparseTensorProto.newBuilder()
            .setValues(ConstantTensor.floats(new float[0], 0).toProto("w"))
            .setIndices(ConstantTensor.list().toProto(""))
            .addDims(2)
            .addDims(3)
            .build();
    assertThat(initializer(none).constants().get("w").toFloats()).containsExactly(new float[6]);
  }

  @ParameterizedTest
  @CsvSource({
    "6, 1, 2, 3, at the place 6",
    "-1, 1, 2, 3, at the place -1",
    "2, 0, 2, 3, 1 places for values of [2]",
    "2, 1, 4000000000, 4000000000, sparse constant",
    "2, 1, 65536, 65536, takes more than 512 MB",
    "2, 1, -2, 3, negative size",
  })
  void refusesBrokenOnes(long first, int more, long rows, long columns, String reason) {
    SparseTensorProto broken =
        SparseTensorProto.newBuilder()
            .setValues(values())
            .setIndices(
                (more == 1 ? ConstantTensor.list(first, 4) : ConstantTensor.list(first))
                    .toProto(""))
            .addDims(rows)
            .addDims(columns)
            .build();
    assertThatThrownBy(() -> initializer(broken))
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageStartingWith("sparse.onnx: ")
        .hasMessageContaining(reason.equals("sparse constant") ? "impossible shape" : reason);
  }

  @Test
  void refusesCoordinatesOutside() {
    SparseTensorProto broken =
        sparse(true).toBuilder()
            .setIndices(ConstantTensor.longs(new long[] {0, 2, 0, 3}, 2, 2).toProto(""))
            .build();
    assertThatThrownBy(() -> initializer(broken)).hasMessageContaining("index 3 of the axis 1");
  }

  private static OnnxModel initializer(SparseTensorProto sparse) {
    GraphProto.Builder graph =
        ports(graph(node("MatMul", "x, w", "y"))).addSparseInitializer(sparse);
    return OnnxModel.of(model(18, graph).build(), "sparse.onnx");
  }

  private static GraphProto.Builder ports(GraphProto.Builder graph) {
    return graph
        .addInput(value("x", ElementType.FLOAT, -1, 2))
        .addOutput(unshaped("y", ElementType.FLOAT));
  }

  private static SparseTensorProto sparse(boolean coordinates) {
    ConstantTensor indices =
        coordinates
            ? ConstantTensor.longs(new long[] {0, 2, 1, 1}, 2, 2)
            : ConstantTensor.list(2, 4);
    return SparseTensorProto.newBuilder()
        .setValues(values())
        .setIndices(indices.toProto(""))
        .addDims(2)
        .addDims(3)
        .build();
  }

  private static TensorProto values() {
    return TensorProto.newBuilder()
        .setName("w")
        .setDataType(ElementType.FLOAT.code())
        .addDims(2)
        .addFloatData(2.5f)
        .addFloatData(-1)
        .build();
  }
}
