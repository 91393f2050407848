package io.hone.onnx.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.opset.OpsetRaiser;
import org.junit.jupiter.api.Test;

class LogitsFinderTest {
  private final GraphEditor graph = GraphEditor.create(12);
  private final Value image =
      graph.input("image", ElementType.FLOAT, Shape.of(Dimension.named("N"), Dimension.of(4)));
  private final Value scores = graph.op("Tanh", image);

  @Test
  void looksBehindWhatOnlyPassesOn() {
    Value probabilities = graph.op("Softmax", scores);
    Value reshaped = graph.op("Reshape", probabilities, graph.list(-1, 4));
    graph.output("output", graph.op("Identity", reshaped));
    LogitsSource found = LogitsFinder.find(graph.build("m"), "output");
    assertThat(found).isEqualTo(new LogitsSource(scores.name(), LogitsSource.Kind.BEFORE_SOFTMAX));
    assertThat(found.foundBeforeSoftmax()).isTrue();
  }

  @Test
  void findsTheSameInARaisedModel() {
    graph.output("output", graph.op("LogSoftmax", scores));
    OnnxModel raised = OpsetRaiser.raise(graph.build("m"));
    LogitsSource found = LogitsFinder.find(raised, "output");
    assertThat(found.foundBeforeSoftmax()).isTrue();
    assertThat(raised.producer(new Value(found.value())).orElseThrow().is("Flatten")).isTrue();
  }

  @Test
  void takesTheOutputWhereNoSoftmaxEndsTheModel() {
    graph.output("output", graph.op("Relu", graph.op("Softmax", scores)));
    assertThat(LogitsFinder.find(graph.build("m"), "output"))
        .isEqualTo(new LogitsSource("output", LogitsSource.Kind.OUTPUT));
  }
}
