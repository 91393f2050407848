package io.hone.onnx.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.assertj.core.data.Offset;

/**
 * Compares a gradient with finite differences of the model itself: central differences of single
 * features at two step sizes, in float; where the two, or the two sides, disagree there is a kink,
 * and the feature is dropped.
 */
public final class FiniteDifferences {
  private static final float[] STEPS = {4e-3f, 2e-3f};
  private static final double TOLERANCE = 4e-3;
  private static final double BEND = 0.04;
  private static final int FEATURES = 48;

  private FiniteDifferences() {}

  /** Checks the gradient of a random cotangent, with shapes known and without. */
  public static void check(OnnxModel model, Array image, Random random) {
    check(model, image, random, GradientGraph::of);
  }

  /** Checks the gradient that a builder set up in another way makes. */
  public static void check(
      OnnxModel model,
      Array image,
      Random random,
      Function<OnnxModel, GradientGraph.Builder> builders) {
    String input = model.inputs().get(0).name();
    try (Evaluator forward = new Evaluator(model)) {
      Array scores = forward.run(Map.of(input, image)).values().iterator().next();
      long rows = scores.shape()[0];
      Array cotangent = Array.uniform(random, -1, 1, rows, scores.content().length / rows);
      double[] slopes = new double[image.content().length];
      List<Integer> checked = slopes(forward, input, image, cotangent, slopes, random);
      compare(builders.apply(model), image, cotangent, scores, slopes, checked);
      compare(builders.apply(model).withoutShapes(), image, cotangent, scores, slopes, checked);
    }
  }

  private static void compare(
      GradientGraph.Builder builder,
      Array image,
      Array cotangent,
      Array scores,
      double[] slopes,
      List<Integer> checked) {
    DifferentiatedModel differentiated = builder.loss(AttackLoss.cotangent()).build();
    try (Evaluator backward = new Evaluator(differentiated.model())) {
      Map<String, Array> result =
          backward.run(
              Map.of(differentiated.image(), image, differentiated.lossInput(), cotangent));
      Array gradient = result.get(differentiated.gradient());
      assertThat(gradient.shape()).as("shape of the gradient").isEqualTo(image.shape());
      assertClose(result.get(differentiated.logits()).content(), scores.content());
      double largest = 1e-3;
      for (int i : checked) {
        largest = Math.max(largest, Math.abs(slopes[i]));
      }
      for (int i : checked) {
        assertThat((double) gradient.content()[i])
            .as("gradient at feature %s (largest %s)", i, largest)
            .isBetween(slopes[i] - TOLERANCE * largest, slopes[i] + TOLERANCE * largest);
      }
    }
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i])
          .as("score %s", i)
          .isCloseTo(expected[i], Offset.offset(1e-5f * Math.max(1, Math.abs(expected[i]))));
    }
  }

  private static List<Integer> slopes(
      Evaluator forward,
      String input,
      Array image,
      Array cotangent,
      double[] slopes,
      Random random) {
    int size = image.content().length;
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      all.add(i);
    }
    Collections.shuffle(all, random);
    List<Integer> tried = all.subList(0, Math.min(size, FEATURES));
    List<Integer> smooth = new ArrayList<>();
    double largest = 1e-3;
    double[] coarse = new double[size];
    for (int i : tried) {
      coarse[i] = slope(forward, input, image, cotangent, i, STEPS[0]);
      slopes[i] = slope(forward, input, image, cotangent, i, STEPS[1]);
      largest = Math.max(largest, Math.abs(slopes[i]));
    }
    for (int i : tried) {
      // At a kink right here both steps agree on the mean of two slopes: each side is asked alone.
      double bend = bend(forward, input, image, cotangent, i);
      if (Math.abs(coarse[i] - slopes[i]) < TOLERANCE / 2 * largest && bend < BEND * largest) {
        smooth.add(i);
      }
    }
    assertThat(smooth.size())
        .as("features without a kink, of %s", tried.size())
        .isGreaterThanOrEqualTo(tried.size() * 3 / 5);
    return smooth;
  }

  private static double slope(
      Evaluator forward, String input, Array image, Array cotangent, int feature, float step) {
    Array up = image.changed(feature, step);
    Array down = image.changed(feature, -step);
    double width = (double) up.content()[feature] - down.content()[feature];
    return (product(forward, input, up, cotangent) - product(forward, input, down, cotangent))
        / width;
  }

  private static double bend(
      Evaluator forward, String input, Array image, Array cotangent, int feature) {
    double here = product(forward, input, image, cotangent);
    double up = product(forward, input, image.changed(feature, STEPS[1]), cotangent) - here;
    double down = here - product(forward, input, image.changed(feature, -STEPS[1]), cotangent);
    return Math.abs(up - down) / STEPS[1];
  }

  private static double product(Evaluator forward, String input, Array image, Array cotangent) {
    float[] scores = forward.run(Map.of(input, image)).values().iterator().next().content();
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      sum += (double) scores[i] * cotangent.content()[i];
    }
    return sum;
  }
}
