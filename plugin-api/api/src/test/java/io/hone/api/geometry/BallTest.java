package io.hone.api.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BallTest {
  private static final float[] RADII = {0, 1e-6f, 1e-3f, 8 / 255f, 0.1f, 0.3f, 1, 3, 50};

  private final Random random = new Random(5);

  @ParameterizedTest
  @EnumSource
  void endsInsideTheBallAndThePixelRange(Norm norm) {
    for (float radius : RADII) {
      for (int size : new int[] {1, 3, 784, 3_000}) {
        for (int round = 0; round < 20; round++) {
          float[] center = center(size);
          float[] image = around(center, (float) Math.pow(10, random.nextInt(-4, 3)));
          new Ball(norm, radius).project(image, center);
          assertThat(norm.distance(image, center)).isLessThanOrEqualTo(radius);
          assertThat(within01(image)).isTrue();
        }
      }
    }
  }

  /** Written radii: decimals of all lengths, and fractions of grey values as exact as a double. */
  static DoubleStream writtenRadii() {
    DoubleStream greys = IntStream.rangeClosed(1, 255).mapToDouble(grey -> grey / 255.0);
    DoubleStream decimals = IntStream.rangeClosed(1, 100).mapToDouble(percent -> percent / 100.0);
    return DoubleStream.concat(
        DoubleStream.concat(greys, decimals),
        DoubleStream.of(0, 1e-9, 1e-3, 0.031, 0.0314, 1.0 / 3, 0.123456789012345, 0.9999999));
  }

  @Test
  void bordersInLinfAreTheOutermostFloatsWithinTheWrittenRadius() {
    writtenRadii()
        .forEach(
            radius -> {
              Ball ball = new Ball(Norm.LINF, radius);
              float[] center = greysAndRandom();
              float[] low = new float[center.length];
              float[] high = new float[center.length];
              Arrays.fill(low, -2);
              Arrays.fill(high, 2);
              ball.project(low, center);
              ball.project(high, center);
              for (int feature = 0; feature < center.length; feature++) {
                checkBorder(low[feature], center[feature], radius, 0);
                checkBorder(high[feature], center[feature], radius, 1);
              }
            });
  }

  private static void checkBorder(float border, float center, double radius, float edge) {
    // A plain comparison, because a million assertions would take long.
    float outside = Math.nextAfter(border, edge == 0 ? Double.NEGATIVE_INFINITY : 9);
    boolean within = Math.abs((double) border - center) <= radius;
    boolean outermost =
        border == edge
            || Math.abs((double) outside - center) > radius
            || isBeyond(outside, center, radius);
    if (!within || !outermost) {
      fail("border %s of %s at radius %s".formatted(border, center, radius));
    }
  }

  /** Near 0 floats are finer than a double's distance tells; exact numbers tell. */
  private static boolean isBeyond(float outside, float center, double radius) {
    BigDecimal distance = new BigDecimal(outside).subtract(new BigDecimal(center)).abs();
    return distance.compareTo(new BigDecimal(radius)) > 0;
  }

  private float[] greysAndRandom() {
    float[] center = new float[512];
    for (int feature = 0; feature < center.length; feature++) {
      center[feature] = feature < 256 ? feature / 255f : random.nextFloat();
    }
    return center;
  }

  @ParameterizedTest
  @EnumSource
  void endsInsideTheWrittenRadius(Norm norm) {
    for (double radius : new double[] {0.2, 8 / 255.0, 0.7, 1.0 / 3, 1.1}) {
      for (int round = 0; round < 50; round++) {
        float[] center = round % 2 == 0 ? greysAndRandom() : center(77);
        float[] image = around(center, 0.5f);
        new Ball(norm, radius).project(image, center);
        assertThat(norm.distance(image, center)).isLessThanOrEqualTo(radius);
      }
    }
  }

  @Test
  void aFloatRadiusIsTheDecimalThatItWasWrittenAs() {
    assertThat(new Ball(Norm.L2, 0.2f).radius()).isEqualTo(0.2);
    assertThat(new Ball(Norm.LINF, 0.031372547f).radius()).isLessThan(8 / 255.0);
    assertThat(new Ball(Norm.LINF, Float.POSITIVE_INFINITY).radius())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void noTwoImagesAreFartherApartThanTheDiameter() {
    float[] black = new float[784];
    float[] white = black.clone();
    Arrays.fill(white, 1);
    for (Norm norm : Norm.values()) {
      assertThat(norm.diameter(784)).isEqualTo(norm.distance(black, white));
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesImagesInsideAlone(Norm norm) {
    for (int round = 0; round < 50; round++) {
      float[] center = center(100);
      float[] image = around(center, 0.1f);
      Ball ball = new Ball(norm, 0.3f);
      ball.project(image, center);
      float[] again = image.clone();
      ball.project(again, center);
      assertThat(again).containsExactly(image);
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutALimitOnlyClips(Norm norm) {
    float[] image = {-3, 0.25f, 7};
    new Ball(norm, Float.POSITIVE_INFINITY).project(image, new float[] {0.5f, 0.5f, 0.5f});
    assertThat(image).containsExactly(0, 0.25f, 1);
  }

  @Test
  void goesToTheNearestPoint() {
    float[] center = {0.5f, 0.5f};
    assertThat(projected(Norm.LINF, 0.25f, center, 0.9f, 0.4f)).containsExactly(0.75f, 0.4f);
    assertThat(projected(Norm.L2, 0.25f, center, 0.8f, 0.9f))
        .containsExactly(new float[] {0.65f, 0.7f}, within(1e-6f));
    assertThat(projected(Norm.L1, 0.25f, center, 0.6f, 0.8f))
        .containsExactly(new float[] {0.525f, 0.725f}, within(1e-6f));
    assertThat(projected(Norm.L1, 0.25f, center, 0.55f, 0.9f))
        .containsExactly(new float[] {0.5f, 0.75f}, within(1e-6f));
  }

  @Test
  void spendsTheL1RadiusWhereThereIsRoom() {
    assertThat(projected(Norm.L1, 0.5f, new float[] {0.9f, 0.5f}, 1.9f, 0.9f))
        .containsExactly(new float[] {1, 0.9f}, within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(floats = {0.05f, 0.4f, 1.3f})
  void agreesWithBruteForceInL1(float radius) {
    for (int round = 0; round < 30; round++) {
      float[] center = center(3);
      float[] wanted = around(center, 0.8f);
      float[] found = projected(Norm.L1, radius, center, wanted);
      double distance = Norm.L2.distance(found, wanted);
      float[] other = new float[3];
      double best = Double.POSITIVE_INFINITY;
      for (int index = 0; index < 41 * 41 * 41; index++) {
        other[0] = index % 41 / 40f;
        other[1] = index / 41 % 41 / 40f;
        other[2] = index / (41 * 41) / 40f;
        if (Norm.L1.distance(other, center) <= radius) {
          best = Math.min(best, Norm.L2.distance(other, wanted));
        }
      }
      assertThat(distance).isLessThanOrEqualTo(best + 1e-6);
    }
  }

  @Test
  void isNearestInL1AlsoAmongManyFeatures() {
    for (int round = 0; round < 50; round++) {
      float[] center = center(200);
      float[] wanted = around(center, 0.5f);
      float[] found = projected(Norm.L1, 5, center, wanted);
      // the projection is the one point from which no other one of the set is toward the image
      for (int other = 0; other < 20; other++) {
        float[] point = projected(Norm.L1, 5, center, around(center, 0.3f));
        double inner = 0;
        for (int feature = 0; feature < 200; feature++) {
          inner +=
              ((double) wanted[feature] - found[feature])
                  * ((double) point[feature] - found[feature]);
        }
        assertThat(inner).isLessThanOrEqualTo(1e-4);
      }
      assertThat(Norm.L1.distance(found, center)).isCloseTo(5, within(1e-4));
    }
  }

  @Test
  void refusesARadiusThatIsNoSize() {
    assertThatThrownBy(() -> new Ball(Norm.L2, -1)).hasMessageContaining("at least 0");
    assertThatThrownBy(() -> new Ball(Norm.L2, Float.NaN)).hasMessageContaining("at least 0");
  }

  private static float[] projected(Norm norm, float radius, float[] center, float... image) {
    float[] moved = image.clone();
    new Ball(norm, radius).project(moved, center);
    return moved;
  }

  /** Returns an image a third of whose features are on the border of [0, 1]. */
  private float[] center(int size) {
    float[] center = new float[size];
    for (int feature = 0; feature < size; feature++) {
      center[feature] = Math.max(0, Math.min(1, 1.5f * random.nextFloat() - 0.25f));
    }
    return center;
  }

  private float[] around(float[] center, float deviation) {
    float[] image = center.clone();
    for (int feature = 0; feature < image.length; feature++) {
      image[feature] += deviation * (float) random.nextGaussian();
    }
    return image;
  }

  private static boolean within01(float[] image) {
    float[] sorted = image.clone();
    Arrays.sort(sorted);
    return sorted[0] >= 0 && sorted[sorted.length - 1] <= 1;
  }
}
