package io.hone.onnx.canonical;

import static io.hone.onnx.support.Protos.attribute;
import static io.hone.onnx.support.Protos.floats;
import static io.hone.onnx.support.Protos.graph;
import static io.hone.onnx.support.Protos.model;
import static io.hone.onnx.support.Protos.node;
import static io.hone.onnx.support.Protos.truth;
import static io.hone.onnx.support.Protos.unshaped;
import static io.hone.onnx.support.Protos.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.hone.onnx.gradient.FiniteDifferences;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.support.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SinglePrecisionTest {
  private static final float[] WEIGHTS = {0.5f, -1.25f, 2, 0.0625f};

  private final Random random = new Random(5);
  private final Array image = Array.uniform(random, 0.1f, 1, 2, 3, 4);

  /** Between two casts the model itself runs in its own precision. */
  @ParameterizedTest
  @CsvSource({"FLOAT16, float16, 4e-3", "DOUBLE, float64, 1e-5"})
  void computesWhatTheModelComputes(ElementType type, String word, float tolerance) {
    ModelProto.Builder given = typical(type);
    OnnxModel model = Canonical.read(given);
    CanonicalModel canonical = CanonicalForm.of(model);
    assertThat(canonical.notes())
        .contains("The model was " + word + "; it is computed in float32.");
    assertThat(canonical.model().inputs())
        .extracting(TensorInfo::type)
        .containsOnly(ElementType.FLOAT);
    assertThat(canonical.model().outputs())
        .extracting(TensorInfo::type)
        .containsOnly(ElementType.FLOAT);
    Canonical.assertSettled(canonical);
    FiniteDifferences.check(canonical.model(), image, random);
    Array own = Canonical.run(Canonical.read(betweenCasts(given, type)), image).get("wide");
    Canonical.assertClose(
        Canonical.run(canonical.model(), image), Map.of("scores", own), tolerance);
  }

  /** ONNX Runtime's kernels on processors know no bfloat16, but its casts do. */
  @Test
  void readsWeightsInBfloat16() {
    CanonicalModel canonical = CanonicalForm.of(Canonical.read(typical(ElementType.BFLOAT16)));
    assertThat(canonical.notes()).contains("The model was bfloat16; it is computed in float32.");
    Canonical.assertClose(
        Canonical.run(canonical.model(), image),
        Canonical.run(CanonicalForm.of(Canonical.read(typical(ElementType.DOUBLE))).model(), image),
        0);
    FiniteDifferences.check(canonical.model(), image, random);
  }

  @Test
  void takesCastsToHalfPrecisionAndBackOut() {
    GraphProto.Builder graph =
        graph(
                node("Cast", "image", "half", attribute("to", ElementType.FLOAT16.code())),
                node("Exp", "half", "e"),
                node("Cast", "e", "single", attribute("to", ElementType.FLOAT.code())),
                node("Mul", "single, image", "scores"))
            .addInput(value("image", ElementType.FLOAT, -1, 3, 4))
            .addOutput(unshaped("scores", ElementType.FLOAT));
    OnnxModel model = Canonical.read(model(18, graph));
    CanonicalModel canonical = CanonicalForm.of(model);
    assertThat(canonical.notes())
        .containsExactly("Parts of the model were float16; all of it is computed in float32.");
    Canonical.assertClose(
        Canonical.run(canonical.model(), image), Canonical.run(model, image), 3e-3f);
    Canonical.assertSettled(canonical);
    FiniteDifferences.check(canonical.model(), image, random);
  }

  @Test
  void readsEveryNumberOfHalfPrecision() {
    // ONNX Runtime's own cast is what to agree with, at all 65,536 of them.
    byte[] all = new byte[1 << 17];
    ByteBuffer numbers = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
    for (int bits = 0; bits < 1 << 16; bits++) {
      numbers.putShort((short) bits);
    }
    TensorProto half =
        TensorProto.newBuilder()
            .setName("all")
            .setDataType(ElementType.FLOAT16.code())
            .addDims(1 << 16)
            .setRawData(ByteString.copyFrom(all))
            .build();
    GraphProto.Builder graph =
        graph(
                node("Cast", "all", "single", attribute("to", ElementType.FLOAT.code())),
                node("Max", "image, single", "scores"))
            .addInput(value("image", ElementType.FLOAT, 1))
            .addOutput(unshaped("scores", ElementType.FLOAT))
            .addInitializer(half);
    OnnxModel model = Canonical.read(model(18, graph));
    Array least = new Array(new float[] {Float.NEGATIVE_INFINITY}, 1);
    float[] expected = Canonical.run(model, least).get("scores").content();
    float[] actual = Canonical.run(CanonicalForm.of(model).model(), least).get("scores").content();
    assertThat(actual).containsExactly(expected);
  }

  @ParameterizedTest
  @EnumSource(
      value = ElementType.class,
      names = {"FLOAT16", "BFLOAT16", "DOUBLE"})
  void readsContentThatIsNotPacked(ElementType type) {
    TensorProto.Builder weights =
        TensorProto.newBuilder().setName("w").setDataType(type.code()).addDims(2);
    switch (type) {
      case FLOAT16 -> weights.addInt32Data(0x3c00).addInt32Data(0xc100);
      case BFLOAT16 -> weights.addInt32Data(0x3f80).addInt32Data(0xc020);
      default -> weights.addDoubleData(1).addDoubleData(-2.5);
    }
    GraphProto.Builder graph =
        graph(node("Mul", "image, w", "scores"))
            .addInput(value("image", type, 1, 2))
            .addOutput(unshaped("scores", type))
            .addInitializer(weights);
    CanonicalModel canonical = CanonicalForm.of(Canonical.read(model(18, graph)));
    assertThat(canonical.model().constants().get("w").toFloats()).containsExactly(1, -2.5f);
  }

  @Test
  void refusesNumbersBeyondSinglePrecisionByName() {
    OnnxModel model = Canonical.read(model(18, scaled(1e300)));
    assertThatThrownBy(() -> CanonicalForm.of(model))
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageStartingWith("given.onnx: ")
        .hasMessageContaining("'w' holds 1.0E300")
        .hasMessageContaining("export");
  }

  @Test
  void keepsInfinityAndTheLargestNumber() {
    for (double bound : new double[] {Double.POSITIVE_INFINITY, -Double.MAX_VALUE}) {
      CanonicalModel canonical = CanonicalForm.of(Canonical.read(model(18, scaled(bound))));
      assertThat(canonical.model().constants().get("w").toFloats())
          .containsExactly(bound > 0 ? Float.POSITIVE_INFINITY : -Float.MAX_VALUE);
    }
  }

  @Test
  void tellsOfNumbersThatVanish() {
    CanonicalModel canonical = CanonicalForm.of(Canonical.read(model(18, scaled(1e-300))));
    assertThat(canonical.notes()).hasSize(2);
    assertThat(canonical.notes().get(1)).contains("so small that they are 0");
  }

  private static GraphProto.Builder scaled(double number) {
    return graph(node("Mul", "image, w", "scores"))
        .addInput(value("image", ElementType.DOUBLE, 1, 2))
        .addOutput(unshaped("scores", ElementType.DOUBLE))
        .addInitializer(
            TensorProto.newBuilder()
                .setName("w")
                .setDataType(ElementType.DOUBLE.code())
                .addDims(1)
                .addDoubleData(number));
  }

  /** Types in constants, Constant nodes, casts, generators, and in both branches of an If. */
  private static ModelProto.Builder typical(ElementType type) {
    AttributeProto one =
        AttributeProto.newBuilder()
            .setName("value")
            .setType(AttributeType.TENSOR)
            .setT(tensor("", type, new float[] {1.5f}, 1))
            .build();
    // ONNX Runtime makes no unit matrices in half precision.
    ElementType made = type == ElementType.DOUBLE ? type : ElementType.FLOAT;
    GraphProto.Builder graph =
        graph(
            node("Constant", "", "c", one),
            node("Mul", "image, w", "a"),
            node("Add", "a, c", "b"),
            node("Shape", "image", "shape"),
            node("ConstantOfShape", "shape", "filled", one),
            node("ReduceMax", "b", "max", attribute("keepdims", 0)),
            node("Less", "max, c", "dark"),
            node("Reshape", "dark, empty", "scalar"),
            node("Cast", "scalar", "number", attribute("to", type.code())),
            node("EyeLike", "square", "eye", attribute("dtype", made.code())),
            node("Cast", "eye", "unit", attribute("to", type.code())),
            node("MatMul", "b, unit", "d"),
            node(
                "If",
                "true",
                "e",
                attribute("then_branch", branch(type, "Add")),
                attribute("else_branch", branch(type, "Sub"))),
            node("Sum", "d, filled, e, number", "f"),
            node("Tanh", "f", "scores"));
    return model(
        18,
        graph
            .addInput(value("image", type, -1, 3, 4))
            .addOutput(unshaped("scores", type))
            .addInitializer(tensor("w", type, WEIGHTS, 4))
            .addInitializer(truth("true", true))
            .addInitializer(
                TensorProto.newBuilder().setName("empty").setDataType(7).addDims(0).build())
            .addInitializer(floats("square", new float[16], 4, 4)));
  }

  private static GraphProto.Builder branch(ElementType type, String operator) {
    return graph(node(operator, "d, k", "z"))
        .addInitializer(tensor("k", type, new float[] {0.25f}, 1))
        .addOutput(unshaped("z", type));
  }

  private static TensorProto tensor(String name, ElementType type, float[] content, long... shape) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.code());
    for (long size : shape) {
      tensor.addDims(size);
    }
    int width = type == ElementType.DOUBLE ? 8 : 2;
    ByteBuffer bytes = ByteBuffer.allocate(content.length * width).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : content) {
      int bits = Float.floatToIntBits(number);
      switch (type) {
        case DOUBLE -> bytes.putDouble(number);
        case BFLOAT16 -> bytes.putShort((short) (bits >> 16));
        // All numbers here are normal in half precision, and exact.
        default ->
            bytes.putShort(
                (short)
                    (bits >> 16 & 0x8000 | (bits >> 23 & 0xff) - 112 << 10 | bits >> 13 & 0x3ff));
      }
    }
    return tensor.setRawData(ByteString.copyFrom(bytes.array())).build();
  }

  private static ModelProto.Builder betweenCasts(ModelProto.Builder given, ElementType type) {
    GraphProto.Builder graph = given.getGraph().toBuilder();
    GraphProto.Builder wrapped = graph.clone().clearNode().clearInput().clearOutput();
    wrapped
        .addInput(value("outer", ElementType.FLOAT, -1, 3, 4))
        .addOutput(unshaped("wide", ElementType.FLOAT))
        .addNode(node("Cast", "outer", "image", attribute("to", type.code())));
    for (NodeProto node : graph.getNodeList()) {
      wrapped.addNode(node.toBuilder());
    }
    wrapped.addNode(node("Cast", "scores", "wide", attribute("to", ElementType.FLOAT.code())));
    return given.clone().setGraph(wrapped);
  }
}
