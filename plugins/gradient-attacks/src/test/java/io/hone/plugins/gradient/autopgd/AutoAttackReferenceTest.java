package io.hone.plugins.gradient.autopgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Bounds;
import io.hone.api.geometry.Norm;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.api.victim.Access;
import io.hone.plugins.gradient.autopgd.AutoProjectedGradientDescent.Params;
import io.hone.plugins.gradient.autopgd.Reference.Line;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.TwoLayerClassifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Auto-PGD against the authors' own files on a small network. */
class AutoAttackReferenceTest {
  private static final int STEPS = 100;
  private static final TwoLayerClassifier NETWORK = Reference.network();
  private static final Batch IMAGES = Reference.images();
  private static final List<Line> LINES = Reference.runs();

  static Stream<String> runs() {
    return LINES.stream().map(Line::run).distinct();
  }

  private static Norm norm(String run) {
    return Norm.valueOf(run.substring(0, run.indexOf(' ')).toUpperCase(Locale.ROOT));
  }

  private static DescendedLoss loss(String run) {
    String word = run.substring(run.indexOf(' ') + 1);
    return DescendedLoss.valueOf(word.replace('-', '_').toUpperCase(Locale.ROOT));
  }

  /** The radii of the script's followed runs. */
  private static double followedRadius(Norm norm) {
    return switch (norm) {
      case LINF -> 0.01;
      case L2 -> 0.05;
      case L1 -> 0.2;
    };
  }

  /** The radii of the script's runs from random starts. */
  private static double radius(Norm norm) {
    return switch (norm) {
      case LINF -> 0.02;
      case L2 -> 0.1;
      case L1 -> 0.35;
    };
  }

  @ParameterizedTest
  @MethodSource("runs")
  void goesTheSameWayFromTheSameStart(String run) {
    int[] followed =
        LINES.stream()
            .filter(line -> line.run().equals(run))
            .mapToInt(Line::image)
            .distinct()
            .toArray();
    assertThat(followed).hasSizeGreaterThanOrEqualTo(2);
    for (int image : followed) {
      List<Line> known =
          LINES.stream()
              .filter(line -> line.run().equals(run) && line.image() == image)
              .filter(line -> !line.what().equals("checkpoints"))
              .toList();
      if (!known.isEmpty()) {
        compare(run, image, known);
      }
    }
  }

  private static void compare(String run, int image, List<Line> known) {
    float[] start = Reference.floats(numbers(known, "iterate 0"));
    Way way = walked(run, image, start);
    double[] losses = numbers(known, "losses");
    for (int point = 0; point <= STEPS; point++) {
      // The reference maximises what Hone descends.
      assertThat(way.losses().get(point))
          .as("%s, image %d, loss of point %d", run, image, point)
          .isCloseTo(-losses[point], within(1e-4));
    }
    for (Line line : known) {
      if (line.what().startsWith("iterate ")) {
        int point = Integer.parseInt(line.what().substring("iterate ".length()));
        assertThat(way.points().get(point))
            .as("%s, image %d, point %d", run, image, point)
            .containsExactly(Reference.floats(line.doubles()), within(1e-4f));
      }
    }
    assertThat(way.best())
        .as("%s, image %d, best point", run, image)
        .containsExactly(Reference.floats(numbers(known, "best")), within(1e-4f));
    assertThat(way.bestLoss()).isCloseTo(-Arrays.stream(losses).max().orElseThrow(), within(1e-4));
  }

  private static double[] numbers(List<Line> lines, String what) {
    return lines.stream()
        .filter(line -> line.what().equals(what))
        .findFirst()
        .orElseThrow()
        .doubles();
  }

  private record Way(List<float[]> points, List<Double> losses, float[] best, double bestLoss) {}

  private static Way walked(String run, int image, float[] start) {
    Ball ball = new Ball(norm(run), followedRadius(norm(run)));
    Stage stage = new Stage(ball, STEPS, true);
    Walk walk = Walk.of(IMAGES.pixels().row(image), Bounds.PIXELS, stage, new float[start.length]);
    walk.startAt(start, stage);
    Loss loss = loss(run).loss(false);
    int looked = loss(run) == DescendedLoss.TARGETED_DLR ? third(image) : IMAGES.label(image);
    List<float[]> points = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    for (int point = 0; point <= STEPS; point++) {
      points.add(walk.image.clone());
      Tensor pixels = Tensor.images(1, Reference.SHAPE);
      pixels.setRow(0, walk.image);
      LossGradient found =
          NETWORK.lossGradient(
              new ImageBatch(pixels, new long[] {image}), loss, new int[] {looked});
      losses.add((double) found.losses()[0]);
      float[] gradient = found.gradient().row(0);
      walk.learn(found.losses()[0], gradient);
      assertThat(walk.move(gradient)).isTrue();
    }
    return new Way(points, losses, walk.bestWithin(ball), walk.bestLoss());
  }

  /** Returns the class with the third largest logit of a clean image, as the script does. */
  private static int third(int image) {
    float[] logits = NETWORK.logits(IMAGES.images().rows(image, image + 1)).row(0);
    return IntStream.range(0, logits.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer k) -> -logits[k]))
        .toList()
        .get(2);
  }

  @Test
  void looksAtTheStepSizeAfterTheSameIterations() {
    List<Line> checkpoints =
        LINES.stream().filter(line -> line.what().equals("checkpoints")).toList();
    assertThat(checkpoints).hasSize(6);
    for (Line line : checkpoints) {
      int[] theirs = Arrays.stream(line.doubles()).mapToInt(number -> (int) number).toArray();
      assertThat(Checkpoints.of(STEPS).iterations()).containsExactly(box(theirs));
    }
  }

  private static Integer[] box(int[] numbers) {
    return Arrays.stream(numbers).boxed().toArray(Integer[]::new);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void breaksAsManyImagesFromRandomStarts(String run) {
    double[] theirs = Reference.broken(run);
    Params parameters = new Params(radius(norm(run)), norm(run), STEPS, loss(run), 1, 7, 1, true);
    double ours =
        IntStream.range(0, theirs.length)
            .mapToLong(seed -> broken(parameters, seed))
            .average()
            .orElseThrow();
    double mean = Arrays.stream(theirs).average().orElseThrow();
    assertThat(ours).as("images broken of %d", IMAGES.size()).isBetween(mean - 2, mean + 3);
  }

  private static long broken(Params parameters, long seed) {
    TestRun run = new TestRun(seed);
    Tensor adversarial = IMAGES.pixels().copy();
    new AutoProjectedGradientDescent()
        .attack(
            parameters,
            new CountingVictim(NETWORK, Access.GRADIENTS, run),
            IMAGES,
            adversarial,
            run);
    int[] predicted = NETWORK.predict(IMAGES.images().with(adversarial));
    return IntStream.range(0, predicted.length)
        .filter(row -> IMAGES.succeeds(row, predicted[row]))
        .count();
  }
}
