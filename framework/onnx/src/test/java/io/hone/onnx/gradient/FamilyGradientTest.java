package io.hone.onnx.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import io.hone.onnx.support.families.Family;
import io.hone.onnx.support.families.Variant;
import io.hone.onnx.support.interpreter.DoubleTensor;
import io.hone.onnx.support.interpreter.Interpreter;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Networks of every family: logits agree with the interpreter in double precision, and so do
 * gradients with its central differences. What an image gets does not depend on its batch.
 */
class FamilyGradientTest {
  private static final float TOLERANCE_OF_LOGITS = 1e-4f;

  @TestFactory
  Stream<DynamicNode> everyFamily() {
    return Family.all().stream()
        .map(
            family ->
                DynamicContainer.dynamicContainer(
                    family.name(),
                    family.variants().stream().flatMap(variant -> tests(family, variant))));
  }

  private static Stream<DynamicTest> tests(Family family, Variant variant) {
    return Stream.of(
        DynamicTest.dynamicTest("logits, " + variant, () -> checkLogits(family, variant)),
        DynamicTest.dynamicTest("gradient, " + variant, () -> checkGradient(family, variant)),
        DynamicTest.dynamicTest("batch, " + variant, () -> checkBatch(family, variant)));
  }

  private static Array images(Family family, int count) {
    long[] shape = LongStream.concat(LongStream.of(count), LongStream.of(family.image())).toArray();
    return Array.uniform(new Random(8), 0, 1, shape);
  }

  private static void checkLogits(Family family, Variant variant) {
    OnnxModel network = family.network().apply(variant);
    Array images = images(family, 3);
    DoubleTensor expected =
        new Interpreter(network).run(DoubleTensor.of(images)).values().iterator().next();
    try (Evaluator runtime = new Evaluator(network)) {
      Map<String, Array> result = runtime.run(Map.of(network.inputs().get(0).name(), images));
      assertClose(result.values().iterator().next(), expected);
    }
    DifferentiatedModel differentiated = GradientGraph.of(network).build();
    try (Evaluator runtime = new Evaluator(differentiated.model())) {
      assertClose(run(runtime, differentiated, images).get(differentiated.logits()), expected);
    }
  }

  private static void assertClose(Array actual, DoubleTensor expected) {
    assertThat(actual.shape()).isEqualTo(Arrays.stream(expected.shape()).asLongStream().toArray());
    double largest = Arrays.stream(expected.content()).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < actual.content().length; i++) {
      assertThat((double) actual.content()[i])
          .as("logit %s", i)
          .isCloseTo(expected.content()[i], Offset.offset(TOLERANCE_OF_LOGITS * largest));
    }
  }

  private static void checkGradient(Family family, Variant variant) {
    OnnxModel network = family.network().apply(variant);
    Array images = images(family, 2);
    CentralDifferences differences =
        new CentralDifferences(network, images, classes(images), new Random(9));
    DifferentiatedModel differentiated =
        GradientGraph.of(network).loss(AttackLoss.crossEntropy(true)).build();
    try (Evaluator runtime = new Evaluator(differentiated.model())) {
      Map<String, Array> result = run(runtime, differentiated, images);
      differences.compareLosses(result.get(differentiated.loss()));
      differences.compare(result.get(differentiated.gradient()));
    }
  }

  private static void checkBatch(Family family, Variant variant) {
    DifferentiatedModel differentiated =
        GradientGraph.of(family.network().apply(variant))
            .loss(AttackLoss.crossEntropy(true))
            .build();
    Array images = images(family, 5);
    int row = images.content().length / 5;
    try (Evaluator runtime = new Evaluator(differentiated.model())) {
      float[] together =
          run(runtime, differentiated, images).get(differentiated.gradient()).content();
      for (int i = 0; i < 5; i++) {
        // Twice and not alone: for a single row ONNX Runtime takes another path.
        float[] twice = new float[2 * row];
        System.arraycopy(images.content(), i * row, twice, 0, row);
        System.arraycopy(images.content(), i * row, twice, row, row);
        long[] pair = images.shape().clone();
        pair[0] = 2;
        Map<String, ?> feed =
            Map.of(
                differentiated.image(),
                new Array(twice, pair),
                differentiated.lossInput(),
                new long[] {i, i});
        float[] alone = runtime.run(feed).get(differentiated.gradient()).content();
        assertThat(Arrays.copyOfRange(together, i * row, (i + 1) * row))
            .as("image %s", i)
            .containsExactly(Arrays.copyOf(alone, row));
      }
    }
  }

  private static Map<String, Array> run(
      Evaluator runtime, DifferentiatedModel differentiated, Array images) {
    return runtime.run(
        Map.of(differentiated.image(), images, differentiated.lossInput(), classes(images)));
  }

  private static long[] classes(Array images) {
    return LongStream.range(0, images.shape()[0]).toArray();
  }
}
