package io.hone.onnx.canonical;

import static io.hone.onnx.support.Protos.attribute;
import static io.hone.onnx.support.Protos.floats;
import static io.hone.onnx.support.Protos.function;
import static io.hone.onnx.support.Protos.graph;
import static io.hone.onnx.support.Protos.model;
import static io.hone.onnx.support.Protos.node;
import static io.hone.onnx.support.Protos.opset;
import static io.hone.onnx.support.Protos.reference;
import static io.hone.onnx.support.Protos.truth;
import static io.hone.onnx.support.Protos.unshaped;
import static io.hone.onnx.support.Protos.value;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import io.hone.onnx.gradient.Coverage;
import io.hone.onnx.gradient.FiniteDifferences;
import io.hone.onnx.gradient.GradientGraph;
import io.hone.onnx.gradient.LogitsFinder;
import io.hone.onnx.gradient.UncoveredOperatorException;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.opset.OpsetException;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.MessageMutation;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Models with everything that is brought to canonical form, each with a few things wrong. */
class MutatedModelTest {
  private static final int MODELS = 1000;

  @Test
  void endInAnErrorOfTheLibrarysOwn() {
    ModelProto whole = everything().build();
    Random random = new Random(13);
    int refused = 0;
    for (int i = 0; i < MODELS; i++) {
      MessageMutation mutation = new MessageMutation(whole, random);
      ModelProto.Builder changed = whole.toBuilder();
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        mutation.change(changed);
      }
      try {
        OnnxModel odd = OnnxModel.parse(changed.build().toByteArray(), "odd.onnx");
        CanonicalModel canonical = CanonicalForm.of(odd);
        assertThat(CanonicalForm.of(canonical.model()).notes()).as("model %s", i).isEmpty();
        String output = odd.outputs().get(0).name();
        String logits = LogitsFinder.find(odd, output).value();
        Coverage.of(odd, odd.inputs().get(0).name(), logits);
        GradientGraph.of(odd).logits(logits).build();
      } catch (OnnxFormatException | OpsetException | UncoveredOperatorException e) {
        assertThat(e).as("model %s", i).hasMessageStartingWith("odd.onnx: ");
        refused++;
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("model " + i + " ends in " + e, e);
      }
    }
    assertThat(refused).isBetween(MODELS / 4, MODELS - MODELS / 20);
  }

  @Test
  void theModelItselfIsDifferentiated() {
    CanonicalModel canonical = CanonicalForm.of(Canonical.read(everything()));
    assertThat(canonical.notes()).hasSize(4);
    assertThat(canonical.model().constants()).containsKey("sparse");
    Random random = new Random(14);
    FiniteDifferences.check(canonical.model(), Array.uniform(random, 0, 1, 3, 4), random);
  }

  private static ModelProto.Builder everything() {
    GraphProto.Builder inner =
        graph(node("Add", "scaled, k", "sum"), node("mine::Gate", "sum", "z"))
            .addInitializer(floats("k", new float[] {0.5f}))
            .addOutput(value("z"));
    GraphProto.Builder other =
        graph(
                node(
                    "If",
                    "yes",
                    "w",
                    attribute(
                        "then_branch", graph(node("Exp", "scaled", "e")).addOutput(value("e"))),
                    attribute(
                        "else_branch", graph(node("Neg", "scaled", "e")).addOutput(value("e")))))
            .addOutput(value("w"));
    GraphProto.Builder graph =
        graph(
                node("Cast", "image", "half", attribute("to", ElementType.FLOAT16.code())),
                node("Mul", "half, factor", "scaled"),
                node("Shape", "scaled", "shape"),
                node("Constant", "", "last", attribute("value", ConstantTensor.list(1))),
                node("Gather", "shape, last", "size"),
                node("Equal", "size, four", "wide"),
                node(
                    "If",
                    "wide",
                    "chosen",
                    attribute("then_branch", inner),
                    attribute("else_branch", other)),
                node("com.microsoft::FastGelu", "chosen, row", "soft"),
                node("com.microsoft::FusedMatMul", "soft, sparse", "mixed", attribute("transB", 1)),
                node(
                    "mine::Block",
                    "mixed, row",
                    "logits",
                    attribute("slope", 0.2f),
                    attribute("perm", new long[] {0, 1})),
                node("Softmax", "logits", "scores"))
            .addInput(value("image", ElementType.UINT8, -1, 4))
            .addOutput(unshaped("scores", ElementType.FLOAT))
            .addInitializer(truth("yes", true))
            .addInitializer(ConstantTensor.list(4).toProto("four"))
            .addInitializer(floats("factor", new float[] {0.1f}))
            .addInitializer(floats("row", new float[] {1, 2, 3, 4}, 4))
            .addSparseInitializer(
                SparseTensorProto.newBuilder()
                    .setValues(floats("sparse", new float[] {1, -2, 3}, 3))
                    .setIndices(ConstantTensor.list(0, 6, 11).toProto(""))
                    .addDims(4)
                    .addDims(4));
    return model(17, graph)
        .addOpsetImport(opset("mine", 1))
        .addOpsetImport(opset("com.microsoft", 1))
        .addFunctions(
            function("mine::Gate", "x", "y", node("Sigmoid", "x", "s"), node("Mul", "x, s", "y"))
                .addOpsetImport(opset("", 17)))
        .addFunctions(
            function(
                    "mine::Block",
                    "x, b",
                    "y",
                    node("LeakyRelu", "x", "a", reference("alpha", "slope")),
                    node("mine::Gate", "a", "g"),
                    node("ReduceSum", "g, axes", "r", reference("keepdims", "keep")),
                    node("Constant", "", "axes", attribute("value_ints", new long[] {1})),
                    node("Sub", "g, r", "c"),
                    node("Transpose", "c", "t", reference("perm", "perm")),
                    node("Add", "t, b", "y"))
                .addAttribute("slope")
                .addAttribute("perm")
                .addAttributeProto(attribute("keep", 1))
                .addOpsetImport(opset("mine", 1))
                .addOpsetImport(opset("", 13)));
  }
}
