package io.hone.onnx.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackwardPassTest {
  private final GraphEditor graph = GraphEditor.create(18);
  private final Value a = graph.input("a", ElementType.FLOAT, Shape.of(2));
  private final Value b = graph.input("b", ElementType.FLOAT, Shape.of(2));

  /** y = a * b and z = y * y, both seeded: dz/da + dy/da = (2 a b + 3) b. */
  @Test
  void addsTheGradientsOfSeveralEnds() {
    Value y = graph.op("Mul", a, b);
    Value z = graph.op("Mul", y, y);
    graph.output("far", z);
    OnnxModel model = graph.build("ends");
    GraphEditor written = GraphEditor.of(model);
    Map<String, Value> seeds = new LinkedHashMap<>();
    seeds.put("far", written.op("Expand", written.scalar(1), written.list(2)));
    seeds.put(y.name(), written.op("Expand", written.scalar(3), written.list(2)));
    BackwardPass.Gradients gradients =
        BackwardPass.of(model, List.of("a", "b")).write(written, seeds);
    written.output("to a", gradients.of("a").orElseThrow());
    written.output("to b", gradients.of("b").orElseThrow());
    try (Evaluator runtime = new Evaluator(written.build("written"))) {
      Map<String, Array> result =
          runtime.run(
              Map.of(
                  "a", new Array(new float[] {1, 2}, 2), "b", new Array(new float[] {5, -1}, 2)));
      assertThat(result.get("to a").content()).containsExactly(65, 1);
      assertThat(result.get("to b").content()).containsExactly(13, -2);
    }
  }

  @Test
  void anEndMayBeASource() {
    graph.output("y", graph.op("Relu", a));
    OnnxModel model = graph.build("penalty");
    GraphEditor written = GraphEditor.of(model);
    Value seed = written.op("Mul", b, written.scalar(2));
    BackwardPass.Gradients gradients =
        BackwardPass.of(model, List.of("a", "b")).write(written, Map.of("b", seed));
    assertThat(gradients.of("a")).isEmpty();
    assertThat(gradients.of("b")).contains(seed);
  }

  @Test
  void namesWhatIsMissing() {
    graph.output("y", graph.op("Relu", a));
    OnnxModel model = graph.build("short.onnx");
    assertThatThrownBy(() -> BackwardPass.of(model, List.of("w")))
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageContaining("short.onnx: has no input 'w'");
    BackwardPass pass = BackwardPass.of(model, List.of("a"));
    GraphEditor written = GraphEditor.of(model);
    assertThatThrownBy(() -> pass.write(written, Map.of("z", b)))
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageContaining("has no value 'z'");
  }

  @Test
  void saysOnWhichWeightAnInputWithoutASlopeDepends() {
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(1, 1, 2, 2));
    Value scales = graph.node("Concat", graph.op("Abs", a), b).with("axis", 0).output();
    graph.output("y", graph.op("Resize", image, Value.NONE, scales));
    OnnxModel model = graph.build("scaled.onnx");
    GraphEditor written = GraphEditor.of(model);
    BackwardPass pass = BackwardPass.of(model, List.of("image", "a", "b"));
    assertThatThrownBy(() -> pass.write(written, Map.of("y", image)))
        .isInstanceOf(UncoveredOperatorException.class)
        .hasMessageContaining("between what is trained and the loss")
        .hasMessageContaining("depends on 'a' and 'b'");
  }

  @Test
  void differentiatesAClassifierToSeveralInputs() {
    Value images = graph.input("image", ElementType.FLOAT, Shape.of(3, 2));
    graph.output("logits", graph.op("Mul", graph.op("Add", images, a), b));
    OnnxModel model = graph.build("several.onnx");
    DifferentiatedModel differentiated =
        GradientGraph.of(model).inputs(List.of("image", "a")).loss(AttackLoss.cotangent()).build();
    assertThat(differentiated.image()).isEqualTo("image");
    assertThat(differentiated.gradients()).containsOnlyKeys("image", "a");
    assertThat(differentiated.gradient()).isEqualTo(differentiated.gradients().get("image"));
    try (Evaluator runtime = new Evaluator(differentiated.model())) {
      Map<String, Array> result =
          runtime.run(
              Map.of(
                  "image",
                  new Array(new float[6], 3, 2),
                  "a",
                  new Array(new float[2], 2),
                  "b",
                  new Array(new float[] {2, 3}, 2),
                  differentiated.lossInput(),
                  new Array(new float[] {1, 1, 1, 1, 1, 1}, 3, 2)));
      assertThat(result.get(differentiated.gradients().get("a")).content()).containsExactly(6, 9);
    }
    assertThatThrownBy(() -> GradientGraph.of(model).inputs(List.of("a", "a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none twice");
  }
}
