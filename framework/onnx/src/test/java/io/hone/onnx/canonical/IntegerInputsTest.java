package io.hone.onnx.canonical;

import static io.hone.onnx.support.Protos.attribute;
import static io.hone.onnx.support.Protos.graph;
import static io.hone.onnx.support.Protos.model;
import static io.hone.onnx.support.Protos.node;
import static io.hone.onnx.support.Protos.unshaped;
import static io.hone.onnx.support.Protos.value;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.hone.onnx.gradient.FiniteDifferences;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.support.Array;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntegerInputsTest {
  private static final AttributeProto TO_FLOAT = attribute("to", ElementType.FLOAT.code());

  private final Random random = new Random(9);

  @Test
  void takesFloatsWhereBytesAreMadeFloatsAtOnce() {
    OnnxModel model =
        given(
            ElementType.UINT8,
            node("Transpose", "image", "turned", attribute("perm", new long[] {0, 3, 1, 2})),
            node("Shape", "image", "shape"),
            node("Cast", "turned", "numbers", TO_FLOAT),
            node("Tanh", "numbers", "t"),
            node("Reshape", "t, shape", "scores"));
    CanonicalModel canonical = CanonicalForm.of(model);
    assertThat(canonical.integerInputs()).isEqualTo(Map.of("image", ElementType.UINT8));
    assertThat(canonical.model().inputs())
        .extracting(TensorInfo::type)
        .containsExactly(ElementType.FLOAT);
    assertThat(canonical.notes())
        .containsExactly(
            "The input 'image' took whole numbers (UINT8) and made floats of them at once; it takes"
                + " floats now, which need not be whole.");
    Canonical.assertSettled(canonical);
    FiniteDifferences.check(canonical.model(), Array.uniform(random, 0, 1, 2, 4, 4, 3), random);
  }

  @Test
  void followsBytesThroughASplit() {
    OnnxModel model =
        given(
            ElementType.UINT8,
            node(
                "Split",
                "image",
                "upper, lower",
                attribute("num_outputs", 2),
                attribute("axis", 1)),
            node("Cast", "upper", "first", TO_FLOAT),
            node("Cast", "lower", "second", TO_FLOAT),
            node("Mul", "first, second", "scores"));
    CanonicalModel canonical = CanonicalForm.of(model);
    assertThat(canonical.integerInputs()).isEqualTo(Map.of("image", ElementType.UINT8));
    FiniteDifferences.check(canonical.model(), Array.uniform(random, 0, 1, 2, 4, 4, 3), random);
  }

  @Test
  void leavesIntegersThatAreComputedWith() {
    for (NodeProto[] nodes :
        new NodeProto[][] {
          {node("Add", "image, image", "sum"), node("Cast", "sum", "scores", TO_FLOAT)},
          {node("Gather", "image, image", "rows"), node("Cast", "rows", "scores", TO_FLOAT)},
          {node("Cast", "image", "scores", TO_FLOAT), node("Neg", "image", "unused")},
          {node("Shape", "image", "shape"), node("Cast", "shape", "scores", TO_FLOAT)}
        }) {
      OnnxModel model = given(ElementType.INT64, nodes);
      CanonicalModel canonical = CanonicalForm.of(model);
      assertThat(canonical.model()).isSameAs(model);
      assertThat(canonical.integerInputs()).isEmpty();
    }
  }

  private static OnnxModel given(ElementType type, NodeProto... nodes) {
    return Canonical.read(
        model(
            18,
            graph(nodes)
                .addInput(value("image", type, -1, 4, 4, 3))
                .addOutput(unshaped("scores", ElementType.FLOAT))));
  }
}
