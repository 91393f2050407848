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
import java.util.Set;
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

  @Test
  void passesOnWhatDropsNothing() {
    Value truth = graph.node("Cast", scalar(1)).with("to", ElementType.BOOL.code()).output();
    Value nothing = graph.op("Dropout", image, graph.scalar(0), truth);
    Value half = graph.op("Dropout", nothing, graph.scalar(0.5f), truth);
    graph.output("y", graph.op("Relu", half));
    assertThat(Simplifier.forDifferentiation(graph.build("m"), Set.of()).nodes())
        .extracting(Node::operator)
        .containsExactly("Dropout", "Relu");
  }

  @Test
  void foldsTheMaskOfShiftedWindows() {
    Value mask = graph.op("ConstantOfShape", graph.list(8, 8));
    for (long part = 0; part < 4; part++) {
      Value rows =
          graph.op("Slice", grid(), graph.list(part * 2), graph.list(part * 2 + 2), graph.list(0));
      Value number = graph.constant(ConstantTensor.floats(new float[] {part}, 1));
      Value filled = graph.op("Expand", number, graph.list(2, 8));
      mask = graph.op("ScatterND", mask, rows, filled);
    }
    Value tiles = graph.op("Reshape", mask, graph.list(2, 4, 2, 4));
    Value windows =
        graph.op(
            "Reshape",
            graph.node("Transpose", tiles).with("perm", new long[] {0, 2, 1, 3}).output(),
            graph.list(4, 16));
    Value apart =
        graph.op(
            "Sub",
            graph.op("Unsqueeze", windows, graph.list(1)),
            graph.op("Unsqueeze", windows, graph.list(2)));
    Value same = graph.op("Equal", apart, graph.scalar(0));
    Value added = graph.op("Where", same, graph.scalar(0), graph.scalar(-100));
    graph.output("y", graph.op("Add", image, graph.op("Reshape", added, graph.list(16, 1, 8, 8))));
    OnnxModel folded = ConstantFolding.fold(graph.build("m"));
    assertThat(folded.nodes()).extracting(Node::operator).containsExactly("Add");
    float[] content = folded.constants().get(folded.nodes().get(0).input(1).name()).toFloats();
    assertThat(content).hasSize(1024).contains(0, -100);
    // Rows 0 and 1 of a window are of one part, row 2 is of the next.
    assertThat(content[7]).isZero();
    assertThat(content[8]).isEqualTo(-100);
  }

  /** Places of an 8 x 8 image, as index_put writes them. */
  private Value grid() {
    long[] places = new long[128];
    for (int i = 0; i < 64; i++) {
      places[2 * i] = i / 8;
      places[2 * i + 1] = i % 8;
    }
    return graph.constant(ConstantTensor.longs(places, 8, 8, 2));
  }

  private Value unsqueezed(Value value) {
    return graph.op("Unsqueeze", value, graph.list(0));
  }

  private Value scalar(long value) {
    return graph.constant(ConstantTensor.longs(new long[] {value}));
  }
}
