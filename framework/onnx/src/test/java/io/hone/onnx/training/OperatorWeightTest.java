package io.hone.onnx.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.gradient.AttackLoss;
import io.hone.onnx.gradient.DifferentiatedModel;
import io.hone.onnx.gradient.GradientGraph;
import io.hone.onnx.gradient.cases.DrawnGraph;
import io.hone.onnx.gradient.cases.OperatorCases;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Each operator's gradient to every float constant that it reads, over the graphs of {@link
 * OperatorCases}, against finite differences.
 */
class OperatorWeightTest {
  /** Graphs drawn for an operator at each opset. */
  private static final int CASES = 2;

  @TestFactory
  Stream<DynamicNode> everyOperatorAgreesWithFiniteDifferences() {
    return OperatorCases.tests(cases -> CASES, OperatorWeightTest::check);
  }

  private static void check(DrawnGraph drawn) {
    TrainableWeights weights = new WeightSurvey(drawn.model(), "scores").survey();
    List<String> names =
        Stream.concat(weights.weights().stream(), weights.numbers().stream())
            .map(Weight::name)
            .toList();
    if (names.isEmpty()) {
      return;
    }
    OnnxModel opened = weights.open(names);
    Map<String, Array> feed = new HashMap<>(Map.of("image", drawn.image()));
    for (String name : names) {
      long[] shape = weights.find(name).orElseThrow().shape().sizes();
      feed.put(name, new Array(weights.content(name), shape));
    }
    try (WeightDifferences differences = new WeightDifferences(opened, feed, drawn.random())) {
      compare(GradientGraph.of(opened).inputs(names), names, differences, drawn.random());
    }
  }

  private static void compare(
      GradientGraph.Builder builder,
      List<String> names,
      WeightDifferences differences,
      Random random) {
    DifferentiatedModel differentiated = builder.loss(AttackLoss.cotangent()).build();
    try (Evaluator backward = new Evaluator(differentiated.model())) {
      Map<String, Array> feed = new HashMap<>(differences.feed());
      feed.put(differentiated.lossInput(), differences.cotangent());
      Map<String, Array> result = backward.run(feed);
      differences.compareScores(result.get(differentiated.logits()));
      for (String name : names) {
        Array gradient = result.get(differentiated.gradients().get(name));
        assertThat(gradient.shape()).as(name).isEqualTo(differences.feed().get(name).shape());
        differences.compare(name, gradient, random);
      }
    }
  }
}
