package io.hone.onnx.gradientcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientCheckTest {
  private static final int FEATURES = 400;

  private final GradientCheck check = new GradientCheck(CheckSettings.DEFAULT);

  /** A function of an image and its gradient, both given as formulas. */
  private record Formula(ToDoubleFunction<float[]> value, UnaryOperator<float[]> slope)
      implements CheckedFunction {
    @Override
    public double[] values(int image, float[][] variations) {
      return Arrays.stream(variations).mapToDouble(value).toArray();
    }

    @Override
    public float[] gradient(int image, float[] pixels) {
      return slope.apply(pixels);
    }

    Formula claiming(UnaryOperator<float[]> change) {
      return new Formula(value, pixels -> change.apply(slope.apply(pixels)));
    }

    /** Rounds values as a network in float does whose sums have that size. */
    Formula rounded(double size) {
      return new Formula(
          pixels -> {
            double noise = new Random(Arrays.hashCode(pixels)).nextGaussian();
            return value.applyAsDouble(pixels) + size * noise;
          },
          slope);
    }
  }

  /** The sum over all features of weight times sin(3 x), weights falling from 1 to 0. */
  private static Formula smooth() {
    return new Formula(
        pixels -> {
          double sum = 0;
          for (int i = 0; i < pixels.length; i++) {
            sum += weight(i) * Math.sin(3 * (double) pixels[i]);
          }
          return sum - 0.66 * pixels.length / 2;
        },
        pixels -> {
          float[] slopes = new float[pixels.length];
          for (int i = 0; i < slopes.length; i++) {
            slopes[i] = (float) (weight(i) * 3 * Math.cos(3 * (double) pixels[i]));
          }
          return slopes;
        });
  }

  /**
   * The sum over all features of the distance to a grid with the given mesh: a kink at each line.
   */
  private static Formula zigzag(double mesh) {
    return new Formula(
        pixels -> {
          double sum = 0;
          for (float pixel : pixels) {
            double place = pixel / mesh;
            sum += Math.abs(place - Math.rint(place)) * mesh;
          }
          return sum;
        },
        pixels -> {
          float[] slopes = new float[pixels.length];
          for (int i = 0; i < slopes.length; i++) {
            double place = pixels[i] / mesh;
            slopes[i] = place > Math.rint(place) ? 1 : -1;
          }
          return slopes;
        });
  }

  private static double weight(int feature) {
    return 1 - (double) feature / FEATURES;
  }

  private static List<float[]> images() {
    Random random = new Random(3);
    List<float[]> images = new ArrayList<>();
    for (int image = 0; image < 4; image++) {
      float[] pixels = new float[FEATURES];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = random.nextFloat();
      }
      images.add(pixels);
    }
    return images;
  }

  private CheckReport run(CheckedFunction function) {
    return check.run(function, images(), image -> {});
  }

  @Test
  void aRightGradientAgrees() {
    CheckReport report = run(smooth());

    assertThat(report.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(report.judged()).hasSize(4 * 50);
    assertThat(report.medianError()).isLessThan(1e-4);
    assertThat(report.smallestStep()).isEqualTo(0x1p-10);
    assertThat(report.worst().orElseThrow().error()).isEqualTo(report.quantile(1)).isLessThan(1e-3);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-7, 1e-6, 1e-5, 1e-4})
  void roundingIsMeasuredAndLargerStepsStandIt(double size) {
    CheckReport right = run(smooth().rounded(size));

    assertThat(right.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(right.noise()).isBetween(size / 3, 2 * size + 1e-6);
    CheckReport wrong = run(smooth().rounded(size).claiming(slopes -> scaled(slopes, 0.9f)));
    assertThat(wrong.verdict()).isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void moreRoundingThanSlopeTellsNothing() {
    CheckReport report = run(smooth().rounded(0.1));

    assertThat(report.verdict()).isEqualTo(Verdict.CANNOT_TELL);
    assertThat(report.noisyImages()).isEqualTo(4);
    assertThat(report.worst()).isEmpty();
    assertThat(report.medianError()).isNaN();
  }

  @ParameterizedTest
  @ValueSource(floats = {1.05f, 0.95f, -1, 0, 100})
  void aScaledGradientDisagrees(float factor) {
    CheckReport report = run(smooth().claiming(slopes -> scaled(slopes, factor)));

    assertThat(report.verdict()).isEqualTo(Verdict.DISAGREES);
    JudgedFeature worst = report.worst().orElseThrow();
    assertThat(worst).isEqualTo(report.wrong().get(0));
    assertThat(worst.gradient())
        .isCloseTo(
            factor * worst.quotient(), within(0.01 * Math.abs(worst.quotient() * factor) + 1e-6));
    assertThat(report.wrong()).isSortedAccordingTo((a, b) -> Double.compare(b.error(), a.error()));
  }

  @Test
  void aGradientOfTheNeighbourDisagrees() {
    CheckReport report =
        run(
            smooth()
                .claiming(
                    slopes -> {
                      float[] moved = new float[slopes.length];
                      System.arraycopy(slopes, 0, moved, 1, slopes.length - 1);
                      return moved;
                    }));

    assertThat(report.verdict()).isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void oneNumberThatIsNoneDisagrees() {
    CheckReport report =
        run(
            smooth()
                .claiming(
                    slopes -> {
                      slopes[17] = Float.NaN;
                      return slopes;
                    }));

    assertThat(report.verdict()).isEqualTo(Verdict.DISAGREES);
    assertThat(report.worst().orElseThrow().feature()).isEqualTo(17);
  }

  @Test
  void kinksAreDroppedAndTheRestIsJudged() {
    CheckReport report = run(zigzag(0.01));

    assertThat(report.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(report.kinks()).isBetween(1, 100);
    assertThat(report.judged()).hasSize(200 - report.kinks());
    assertThat(run(zigzag(0.01).claiming(slopes -> scaled(slopes, 1.1f))).verdict())
        .isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void kinksAtTheImageItselfTellNothing() {
    float[] onTheGrid = new float[FEATURES];
    Arrays.fill(onTheGrid, 0.25f);
    CheckReport report = check.run(zigzag(0.25), List.of(onTheGrid), image -> {});

    assertThat(report.verdict()).isEqualTo(Verdict.CANNOT_TELL);
    assertThat(report.kinks()).isEqualTo(report.tried());
  }

  @Test
  void aFunctionThatDoesNotChangeOrIsNoNumberTellsNothing() {
    CheckReport flat = run(new Formula(pixels -> 7, pixels -> new float[pixels.length]));
    CheckReport none = run(new Formula(pixels -> Double.NaN, pixels -> new float[pixels.length]));

    assertThat(flat.verdict()).isEqualTo(Verdict.CANNOT_TELL);
    assertThat(flat.flatImages()).isEqualTo(4);
    assertThat(none.verdict()).isEqualTo(Verdict.CANNOT_TELL);
    assertThat(none.notFiniteImages()).isEqualTo(4);
  }

  @Test
  void theSameCheckGivesTheSameReportAndTellsEachImage() {
    List<Integer> done = new ArrayList<>();

    assertThat(check.run(smooth(), images(), done::add)).isEqualTo(run(smooth()));
    assertThat(done).containsExactly(0, 1, 2, 3);
  }

  @Test
  void smallImagesAreCheckedInWhole() {
    float[] three = {0.2f, 0.5f, 0.7f};
    CheckReport report = check.run(smooth(), List.of(three), image -> {});

    assertThat(report.judged())
        .extracting(JudgedFeature::feature)
        .containsExactlyInAnyOrder(0, 1, 2);
  }

  private static float[] scaled(float[] slopes, float factor) {
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] *= factor;
    }
    return slopes;
  }

  @Test
  void directionsDecideWhereSingleFeaturesDrownInRounding() {
    CheckReport right = check.run(wide(5e-4), wideImages(), image -> {});

    assertThat(right.noisyImages()).isEqualTo(2);
    assertThat(right.judged()).isEmpty();
    assertThat(right.directions().judged(JudgedDirection.Kind.RANDOM)).isPositive();
    assertThat(right.verdict()).isEqualTo(Verdict.AGREES);
    CheckReport scaled =
        check.run(wide(5e-4).claiming(slopes -> scaled(slopes, 0.9f)), wideImages(), image -> {});
    assertThat(scaled.verdict()).isEqualTo(Verdict.DISAGREES);
    assertThat(scaled.wrong()).isEmpty();
    assertThat(scaled.directions().wrong()).isNotEmpty();
  }

  @Test
  void directionsToRandomSidesShowSlopesThatAreNotClaimed() {
    CheckReport half =
        check.run(
            wide(5e-4)
                .claiming(
                    slopes -> {
                      Arrays.fill(slopes, 0, slopes.length / 2, 0);
                      return slopes;
                    }),
            wideImages(),
            image -> {});

    assertThat(half.directions().judged(JudgedDirection.Kind.GRADIENT)).isPositive();
    assertThat(half.verdict()).isEqualTo(Verdict.DISAGREES);
  }

  /** As many features as a photo has, whose weights have random signs, and rounding. */
  private static Formula wide(double rounding) {
    return new Formula(
            pixels -> {
              double sum = 0;
              for (int i = 0; i < pixels.length; i++) {
                sum += sign(i) * 1e-2 * Math.sin(pixels[i]);
              }
              return sum;
            },
            pixels -> {
              float[] slopes = new float[pixels.length];
              for (int i = 0; i < slopes.length; i++) {
                slopes[i] = (float) (sign(i) * 1e-2 * Math.cos(pixels[i]));
              }
              return slopes;
            })
        .rounded(rounding);
  }

  private static int sign(int feature) {
    return Integer.bitCount(feature * 0x9E3779B9) % 2 == 0 ? 1 : -1;
  }

  private static List<float[]> wideImages() {
    Random random = new Random(4);
    List<float[]> images = new ArrayList<>();
    for (int image = 0; image < 2; image++) {
      float[] pixels = new float[30_000];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = random.nextFloat();
      }
      images.add(pixels);
    }
    return images;
  }
}
