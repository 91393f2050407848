package io.hone.onnx.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ActivationOutputsTest {
  private final GraphEditor graph = GraphEditor.create(18);
  private final Value image =
      graph.input("image", ElementType.FLOAT, Shape.of(Dimension.named("N"), Dimension.of(4)));

  private Iterable<String> found(Value result) {
    graph.output("result", result);
    return ActivationOutputs.of(graph.build("test"));
  }

  @Test
  void areTheResultsOfFunctionsInTheOrderOfTheGraph() {
    Value first = graph.op("Relu", graph.op("Add", image, graph.scalar(1)));
    Value second = graph.op("Tanh", graph.op("Add", first, graph.scalar(-1)));
    Value last = graph.op("Softmax", graph.op("Exp", second));
    assertThat(found(last)).containsExactly(first.name(), second.name());
  }

  @Test
  void countAGateByItselfWhereItScalesAnotherValue() {
    // Squeeze and excitation: the gate is computed from a mean, and multiplies the value itself.
    Value value = graph.op("Relu", image);
    Value gate = graph.op("Sigmoid", graph.op("GlobalAveragePool", value));
    assertThat(found(graph.op("Mul", value, gate))).containsExactly(value.name(), gate.name());
  }

  @Test
  void takeAClipFromZeroForAReluAndAnyOtherForAGuard() {
    Value six = graph.op("Clip", image, graph.scalar(0), graph.scalar(6));
    Value guard = graph.op("Clip", six, graph.scalar(-100), graph.scalar(100));
    assertThat(found(graph.op("Clip", guard, Value.NONE, graph.scalar(3))))
        .containsExactly(six.name());
  }

  /** Functions of several nodes, in the order in which exporters write them. */
  static Stream<Arguments> products() {
    return Stream.of(
        product("SiLU", (graph, x) -> graph.op("Mul", x, graph.op("Sigmoid", x))),
        product(
            "HardSwish",
            (graph, x) -> {
              Value moved = graph.op("Add", x, graph.scalar(3));
              Value cut = graph.op("Clip", moved, graph.scalar(0), graph.scalar(6));
              return graph.op("Div", graph.op("Mul", x, cut), graph.scalar(6));
            }),
        product(
            "HardSwish, divided first",
            (graph, x) -> {
              Value moved = graph.op("Add", x, graph.scalar(3));
              Value cut = graph.op("Clip", moved, graph.scalar(0), graph.scalar(6));
              return graph.op("Mul", x, graph.op("Div", cut, graph.scalar(6)));
            }),
        product(
            "Mish", (graph, x) -> graph.op("Mul", x, graph.op("Tanh", graph.op("Softplus", x)))),
        product(
            "GELU",
            (graph, x) -> {
              Value erf = graph.op("Erf", graph.op("Div", x, graph.scalar(1.4142135f)));
              Value gate = graph.op("Add", erf, graph.scalar(1));
              return graph.op("Mul", graph.op("Mul", x, gate), graph.scalar(0.5f));
            }),
        product(
            "GELU, halved first",
            (graph, x) -> {
              Value erf = graph.op("Erf", graph.op("Div", x, graph.scalar(1.4142135f)));
              Value gate = graph.op("Add", erf, graph.scalar(1));
              return graph.op("Mul", graph.op("Mul", x, graph.scalar(0.5f)), gate);
            }),
        product(
            "GELU by Tanh",
            (graph, x) -> {
              Value cube =
                  graph.op("Mul", graph.scalar(0.044715f), graph.op("Pow", x, graph.scalar(3)));
              Value inner = graph.op("Mul", graph.op("Add", x, cube), graph.scalar(0.7978846f));
              Value gate = graph.op("Add", graph.op("Tanh", inner), graph.scalar(1));
              return graph.op("Mul", graph.op("Mul", graph.scalar(0.5f), x), gate);
            }));
  }

  private static Arguments product(String name, BiFunction<GraphEditor, Value, Value> write) {
    return Arguments.of(name, write);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("products")
  void countTheResultOfAProductAndNotItsGate(
      String name, BiFunction<GraphEditor, Value, Value> write) {
    Value before = graph.op("MatMul", image, graph.op("Identity", image));
    Value activation = write.apply(graph, before);
    assertThat(found(graph.op("MatMul", activation, image))).containsExactly(activation.name());
  }
}
