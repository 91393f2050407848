package io.hone.onnx.simplify;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import org.junit.jupiter.api.Test;

class ConstantFoldingTest {
  private final GraphEditor graph = GraphEditor.create(17);
  private final Value image =
      graph.input(
          "image",
          ElementType.FLOAT,
          Shape.of(Dimension.named("N"), Dimension.of(3), Dimension.of(8), Dimension.of(8)));

  @Test
  void knowsSizesThatDoNotDependOnTheBatch() {
    Value shape = graph.op("Shape", image);
    Value height = graph.op("Gather", shape, scalar(2));
    Value half = graph.op("Div", height, scalar(2));
    Value list =
        graph
            .node(
                "Concat",
                unsqueezed(graph.op("Gather", shape, scalar(0))),
                graph.list(3, 2),
                unsqueezed(half),
                graph.list(8))
            .with("axis", 0)
            .output();
    graph.output("y", graph.op("Reshape", image, list));
    OnnxModel folded = ConstantFolding.fold(graph.build("m"));
    assertThat(folded.nodes())
        .extracting(Node::operator)
        .containsExactlyInAnyOrder("Shape", "Gather", "Unsqueeze", "Concat", "Reshape");
    assertThat(folded.constants().values())
        .anyMatch(tensor -> tensor.type() == ElementType.INT64 && tensor.toLongs()[0] == 4);
  }

  @Test
  void decidesConditionsOnSizes() {
    Value rank = graph.op("Gather", graph.op("Shape", image), scalar(1));
    Value isOne = graph.op("Equal", rank, scalar(1));
    graph.output(isOne, ElementType.BOOL, null);
    Value both = graph.op("And", isOne, graph.op("Not", isOne));
    graph.output("y", graph.op("Where", both, graph.op("Neg", image), image));
    OnnxModel folded = ConstantFolding.fold(graph.build("m"));
    assertThat(folded.producer(isOne)).isPresent();
    assertThat(folded.constants().get(both.name()).toLongs()).containsExactly(0);
  }

  @Test
  void leavesWhatFailsOrGrowsOrIsRandom() {
    Value large = graph.op("ConstantOfShape", graph.list(64, 64));
    Value broken = graph.op("Div", scalar(1), scalar(0));
    Value outside = graph.op("Gather", graph.list(1, 2), scalar(7));
    Value random = graph.node("RandomNormal").with("shape", new long[] {1}).output();
    for (Value value : new Value[] {large, broken, outside}) {
      graph.output("y", graph.node("Cast", value).with("to", ElementType.FLOAT.code()).output());
    }
    graph.output("z", graph.op("Add", image, random));
    OnnxModel model = graph.build("m");
    assertThat(ConstantFolding.fold(model).nodes()).hasSameSizeAs(model.nodes());
  }

  private Value unsqueezed(Value value) {
    return graph.op("Unsqueeze", value, graph.list(0));
  }

  private Value scalar(long value) {
    return graph.constant(ConstantTensor.longs(new long[] {value}));
  }
}
