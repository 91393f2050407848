package io.hone.plugins.blackbox.square;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.testkit.TinySamples;
import io.hone.testkit.model.ConstantClassifier;
import io.hone.testkit.model.ExactClassifier;
import io.hone.testkit.model.LinearClassifier;
import io.hone.testkit.model.NanClassifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SquareAttackTest {
  private static final ImageShape SHAPE = new ImageShape(1, 8, 6);
  private static final Batch GREY = Image.grey(SHAPE, 0.5f);
  private static final double EPSILON = 0.1;

  /** Weights of class 1, of which class 0 has none. */
  private static double[] weights() {
    Random random = new Random(8);
    return random.doubles(SHAPE.features(), -1, 1).toArray();
  }

  /**
   * Returns a model of two classes that takes the grey image for class 0 by a margin, which falls
   * by the product of the weights with the change.
   */
  private static LinearClassifier model(double margin) {
    double[] weights = weights();
    double grey = 0;
    for (double weight : weights) {
      grey += weight * 0.5;
    }
    double[][] rows = {new double[weights.length], weights};
    return new LinearClassifier(SHAPE, rows, new double[] {margin + grey, 0});
  }

  /** Returns the most that a change of length 0.1 lowers the margin by. */
  private static double most(Norm norm) {
    double most = 0;
    for (double weight : weights()) {
      most += norm == Norm.LINF ? Math.abs(weight) : weight * weight;
    }
    return EPSILON * (norm == Norm.LINF ? most : Math.sqrt(most));
  }

  @ParameterizedTest
  @CsvSource({"LINF, 0.95", "L2, 0.6"})
  void comesCloseToTheBestChangeOfALinearModel(Norm norm, double share) {
    SquareParams parameters = SquareParams.few().epsilon(EPSILON).norm(norm).queries(1500);
    Trial possible = new Trial(parameters, model(share * most(norm)), GREY);
    assertThat(succeeds(model(share * most(norm)), possible)).isTrue();
    assertThat(possible.queries()).isLessThan(1500);
    Trial impossible = new Trial(parameters, model(1.001 * most(norm)), GREY);
    assertThat(succeeds(model(1.001 * most(norm)), impossible)).isFalse();
    assertThat(impossible.queries()).isEqualTo(1500);
    assertThat(impossible.run.givenUpSamples()).isEmpty();
  }

  private static boolean succeeds(ExactClassifier model, Trial trial) {
    return GREY.succeeds(0, model.predict(GREY.images().with(trial.images))[0]);
  }

  @ParameterizedTest
  @EnumSource
  void theImageWithTheLowestLossStays(Norm norm) {
    List<Double> margins = new ArrayList<>();
    ExactClassifier watched =
        new NanClassifier(
            model(100),
            image -> {
              double[] logits = model(100).logits(image);
              margins.add(logits[0] - logits[1]);
              return false;
            });
    Trial trial = new Trial(SquareParams.few().epsilon(0.3).norm(norm).queries(80), watched, GREY);
    assertThat(margins).hasSize(80);
    double[] logits = model(100).logits(doubles(trial.images));
    double lowest = margins.stream().mapToDouble(margin -> margin).min().orElseThrow();
    assertThat(logits[0] - logits[1]).isEqualTo(lowest);
    assertThat(lowest).isLessThan(margins.get(0));
  }

  private static double[] doubles(Tensor image) {
    double[] values = new double[image.rowSize()];
    for (int feature = 0; feature < values.length; feature++) {
      values[feature] = image.get(0, feature);
    }
    return values;
  }

  @Test
  void anEqualLossIsNotKept() {
    ConstantClassifier flat = new ConstantClassifier(SHAPE, 2, 1);
    Trial start = new Trial(SquareParams.few().queries(1), flat, GREY);
    Trial search = new Trial(SquareParams.few().queries(40), flat, GREY);
    assertThat(search.queries()).isEqualTo(40);
    assertThat(search.run.givenUpSamples()).isEmpty();
    assertThatTensor(search.images).isSameAs(start.images);
    assertThat(start.images.buffer()).isNotEqualTo(GREY.pixels().buffer());
  }

  @Test
  void aTieIsNoSuccess() {
    // Equal logits count as class 0, which is the label.
    Trial trial = new Trial(SquareParams.few(), new ConstantClassifier(SHAPE, 1, 1), GREY);
    assertThat(trial.queries()).isEqualTo(12);
  }

  @ParameterizedTest
  @EnumSource
  void asksNothingWhereNothingCanMove(Norm norm) {
    Trial trial = new Trial(SquareParams.few().epsilon(0).norm(norm), model(1), GREY);
    assertThat(trial.queries()).isZero();
    assertThatTensor(trial.images).isSameAs(GREY.pixels());
    assertThat(trial.run.givenUpSamples()).isEmpty();
  }

  @Test
  void asksNothingWhereThereIsNoOtherClass() {
    Trial trial = new Trial(SquareParams.few(), new ConstantClassifier(SHAPE, 1), GREY);
    assertThat(trial.queries()).isZero();
    assertThat(trial.run.givenUp(Image.SAMPLE)).contains("no-other-class");
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheBestImageWhereTheModelAnswersWithNan(Norm norm) {
    int[] asked = new int[1];
    NanClassifier breaking = new NanClassifier(model(100), image -> asked[0]++ == 6);
    SquareParams parameters = SquareParams.few().norm(norm).queries(50).restarts(3);
    Trial trial = new Trial(parameters, breaking, GREY);
    assertThat(trial.queries()).isEqualTo(7);
    assertThat(trial.run.givenUp(Image.SAMPLE)).contains("nan");
    Trial shorter = new Trial(parameters, model(100), 6, GREY);
    assertThatTensor(trial.images).isSameAs(shorter.images);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 12, 13, 30, 36})
  void keepsToItsBudgetAcrossRestarts(long budget) {
    Trial trial = new Trial(SquareParams.few().restarts(3), model(100), budget, GREY);
    assertThat(trial.queries()).isEqualTo(budget);
    assertThat(trial.run.givenUp(Image.SAMPLE))
        .isEqualTo(budget < 36 ? Optional.of("budget") : Optional.empty());
  }

  @Test
  void restartsGoOnWithOtherImagesAndKeepTheBest() {
    LinearClassifier robust = model(100);
    double before = Double.POSITIVE_INFINITY;
    int better = 0;
    for (int restarts = 1; restarts <= 6; restarts++) {
      Trial trial = new Trial(SquareParams.few().restarts(restarts), robust, GREY);
      double[] logits = robust.logits(doubles(trial.images));
      double margin = logits[0] - logits[1];
      assertThat(margin).isLessThanOrEqualTo(before);
      better += margin < before ? 1 : 0;
      before = margin;
    }
    assertThat(better).isBetween(2, 6);
  }

  @ParameterizedTest
  @EnumSource
  void reachesTargets(SquareAttack.Lowered loss) {
    TinySamples samples = new TinySamples(new ImageShape(3, 8, 8), 20);
    Batch clean = samples.clean(true);
    SquareParams parameters = SquareParams.few().epsilon(0.25).queries(400).loss(loss);
    Trial trial = new Trial(parameters, samples.classifier(), clean);
    int[] predicted = samples.classifier().predict(clean.images().with(trial.images));
    int reached = 0;
    for (int row = 0; row < clean.size(); row++) {
      reached += predicted[row] == clean.target(row) ? 1 : 0;
    }
    assertThat(reached).isGreaterThan(15);
  }
}
