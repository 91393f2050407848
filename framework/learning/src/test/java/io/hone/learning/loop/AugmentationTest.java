package io.hone.learning.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.ImageShape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {
  private static final ImageShape SHAPE = new ImageShape(2, 2, 3);
  private static final float[] IMAGE = {1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60};

  private static float[] placed(int down, int right, boolean mirrored) {
    return placed(SHAPE, IMAGE, new Augmentation.Placement(down, right, mirrored, 0, 1));
  }

  private static float[] placed(ImageShape shape, float[] image, Augmentation.Placement placement) {
    float[] into = new float[image.length];
    Arrays.fill(into, Float.NaN);
    placement.apply(shape, image, into);
    return into;
  }

  @Test
  void leavesAnImageInItsPlace() {
    assertThat(placed(0, 0, false)).isEqualTo(IMAGE);
    SplittableRandom random = new SplittableRandom(1);
    for (int draw = 0; draw < 20; draw++) {
      assertThat(Augmentation.NONE.draw(random))
          .isEqualTo(new Augmentation.Placement(0, 0, false, 0, 1));
    }
  }

  @Test
  void movesBlackIn() {
    assertThat(placed(1, 1, false)).containsExactly(0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 10, 20);
    assertThat(placed(-1, -2, false)).containsExactly(6, 0, 0, 0, 0, 0, 60, 0, 0, 0, 0, 0);
    assertThat(placed(2, 0, false)).containsOnly(0);
    assertThat(placed(0, -3, true)).containsOnly(0);
  }

  @Test
  void mirrorsBeforeItMoves() {
    assertThat(placed(0, 0, true)).containsExactly(3, 2, 1, 6, 5, 4, 30, 20, 10, 60, 50, 40);
    assertThat(placed(0, 1, true)).containsExactly(0, 3, 2, 0, 6, 5, 0, 30, 20, 0, 60, 50);
  }

  @Test
  void drawsEveryPlaceWithinItsReach() {
    SplittableRandom random = new SplittableRandom(2);
    Set<Augmentation.Placement> drawn = new HashSet<>();
    for (int draw = 0; draw < 2_000; draw++) {
      drawn.add(Augmentation.of(2, true).draw(random));
    }
    assertThat(drawn)
        .hasSize(5 * 5 * 2)
        .allMatch(place -> Math.abs(place.down()) <= 2 && Math.abs(place.right()) <= 2);
  }

  @Test
  void movesAnImageTheSameWayWhetherOrNotItIsMirrored() {
    for (long seed = 0; seed < 20; seed++) {
      Augmentation.Placement moved = Augmentation.of(4, false).draw(new SplittableRandom(seed));
      Augmentation.Placement both = Augmentation.of(4, true).draw(new SplittableRandom(seed));
      assertThat(both.down()).isEqualTo(moved.down());
      assertThat(both.right()).isEqualTo(moved.right());
    }
  }

  /** A training of an earlier version draws what it drew then. */
  @Test
  void drawsNothingForANumberOfZero() {
    SplittableRandom used = new SplittableRandom(3);
    Augmentation.NONE.draw(used);
    Augmentation.NONE.addNoise(new float[5], used);
    assertThat(used.nextLong()).isEqualTo(new SplittableRandom(3).nextLong());

    SplittableRandom moved = new SplittableRandom(4);
    Augmentation.of(3, true).draw(moved);
    SplittableRandom byHand = new SplittableRandom(4);
    byHand.nextInt(-3, 4);
    byHand.nextInt(-3, 4);
    byHand.nextBoolean();
    assertThat(moved.nextLong()).isEqualTo(byHand.nextLong());
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void aQuarterTurnPutsEveryPixelWhereATurnedImageHasIt(int size) {
    ImageShape square = new ImageShape(2, size, size);
    float[] image = noise(square, 5);
    float[] turned = placed(square, image, new Augmentation.Placement(0, 0, false, Math.PI / 2, 1));
    for (int channel = 0; channel < 2; channel++) {
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          float source = image[square.feature(channel, size - 1 - x, y)];
          assertThat(turned[square.feature(channel, y, x)]).isCloseTo(source, within(1e-6f));
        }
      }
    }
  }

  @Test
  void halfATurnMirrorsBothAxesOfAnOblong() {
    float[] turned = placed(SHAPE, IMAGE, new Augmentation.Placement(0, 0, false, Math.PI, 1));
    assertThat(turned)
        .containsExactly(new float[] {6, 5, 4, 3, 2, 1, 60, 50, 40, 30, 20, 10}, within(1e-5f));
  }

  @Test
  void aSmallTurnLosesLittleOfASlope() {
    ImageShape square = new ImageShape(1, 9, 9);
    float[] slope = new float[81];
    for (int y = 0; y < 9; y++) {
      for (int x = 0; x < 9; x++) {
        slope[square.feature(0, y, x)] = 100 + 3 * y - 2 * x;
      }
    }
    double angle = Math.toRadians(20);
    float[] turned = placed(square, slope, new Augmentation.Placement(0, 0, false, angle, 1));
    for (int y = 2; y < 7; y++) {
      for (int x = 2; x < 7; x++) {
        double row = 4 + Math.cos(angle) * (y - 4) - Math.sin(angle) * (x - 4);
        double column = 4 + Math.sin(angle) * (y - 4) + Math.cos(angle) * (x - 4);
        assertThat((double) turned[square.feature(0, y, x)])
            .as("a slope is interpolated without error at %d, %d", y, x)
            .isCloseTo(100 + 3 * row - 2 * column, within(1e-4));
      }
    }
  }

  @Test
  void zoomEnlargesAboutTheMiddleAndLetsBlackInWhenItShrinks() {
    ImageShape line = new ImageShape(1, 1, 5);
    float[] image = {1, 2, 3, 4, 5};
    assertThat(placed(line, image, new Augmentation.Placement(0, 0, false, 0, 2)))
        .containsExactly(new float[] {2, 2.5f, 3, 3.5f, 4}, within(1e-6f));
    assertThat(placed(line, image, new Augmentation.Placement(0, 0, false, 0, 0.5)))
        .containsExactly(new float[] {0, 1, 3, 5, 0}, within(1e-6f));
  }

  @Test
  void turnsWhatWasMovedBefore() {
    ImageShape square = new ImageShape(1, 3, 3);
    float[] image = new float[9];
    image[square.feature(0, 1, 1)] = 1;
    float[] placed =
        placed(square, image, new Augmentation.Placement(-1, 0, false, Math.PI / 2, 1));
    float[] expected = new float[9];
    expected[square.feature(0, 1, 2)] = 1;
    assertThat(placed).containsExactly(expected, within(1e-6f));
  }

  @Test
  void drawsAnglesAndScalesEvenlyUpToTheirLimits() {
    Augmentation augmentation = new Augmentation(0, false, 30, 0.2, 0);
    SplittableRandom random = new SplittableRandom(6);
    int draws = 4_000;
    double[] angles = new double[draws];
    double[] scales = new double[draws];
    for (int draw = 0; draw < draws; draw++) {
      Augmentation.Placement placement = augmentation.draw(random);
      angles[draw] = Math.toDegrees(placement.angle());
      scales[draw] = placement.scale();
    }
    assertEven(angles, -30, 30);
    assertEven(scales, 0.8, 1.2);
  }

  /** Compares the extremes, the mean and the variance with those of even draws. */
  private static void assertEven(double[] values, double least, double largest) {
    double width = largest - least;
    assertThat(Arrays.stream(values).min().orElseThrow()).isBetween(least, least + 0.01 * width);
    assertThat(Arrays.stream(values).max().orElseThrow())
        .isBetween(largest - 0.01 * width, largest);
    double mean = Arrays.stream(values).average().orElseThrow();
    assertThat(mean).isCloseTo((least + largest) / 2, within(0.02 * width));
    double variance =
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    assertThat(variance).isCloseTo(width * width / 12, within(0.05 * width * width / 12));
  }

  @Test
  void noiseHasTheDeviationThatIsSaidAndIsNotCut() {
    Augmentation augmentation = new Augmentation(0, false, 0, 0, 0.25);
    float[] image = new float[40_000];
    Arrays.fill(image, 1);
    augmentation.addNoise(image, new SplittableRandom(7));
    double sum = 0;
    double squares = 0;
    int within = 0;
    for (float value : image) {
      double noise = value - 1;
      sum += noise;
      squares += noise * noise;
      within += Math.abs(noise) < 0.25 ? 1 : 0;
    }
    double mean = sum / image.length;
    assertThat(mean).isCloseTo(0, within(0.005));
    assertThat(Math.sqrt(squares / image.length - mean * mean)).isCloseTo(0.25, within(0.005));
    assertThat(within / (double) image.length)
        .as("within one deviation")
        .isCloseTo(0.6827, within(0.01));
    assertThat(image[largest(image)]).as("beyond white").isGreaterThan(1.5f);
  }

  private static int largest(float[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[largest]) {
        largest = i;
      }
    }
    return largest;
  }

  private static float[] noise(ImageShape shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] image = new float[shape.features()];
    for (int feature = 0; feature < image.length; feature++) {
      image[feature] = (float) random.nextDouble();
    }
    return image;
  }
}
