package io.hone.plugins.coverage.surprise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.BadInputException;
import io.hone.api.activation.ActivationProfile;
import io.hone.api.activation.LayerChoice;
import io.hone.api.activation.NeuronAnswers;
import io.hone.api.activation.NeuronLayer;
import io.hone.api.activation.NeuronLayer.Order;
import io.hone.api.activation.ProfiledImage;
import io.hone.api.data.ImageShape;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.StepKind;
import io.hone.api.metric.StepKind.Trait;
import io.hone.api.metric.Verdict;
import io.hone.api.run.Setting;
import io.hone.plugins.coverage.Neurons;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Surprise by traces that are few enough for paper. */
class SurpriseTest {
  private static final ImageShape SHAPE = new ImageShape(1, 1, 1);
  private static final NeuronLayer LAYER = dense(2);
  private static final Surprise METRIC = new Surprise();

  private static NeuronLayer dense(int neurons) {
    return new NeuronLayer("relu", "Relu", neurons, 1, Order.CHANNELS_FIRST, true);
  }

  private static Setting setting(NeuronLayer layer) {
    return new Setting(SHAPE, 2, 9, false).with(List.of(layer));
  }

  private static Surprise.Params parameters(Adequacy... adequacy) {
    return new Surprise.Params(List.of(), Neurons.UNIT, List.of(adequacy), 1e-5, 10, 20, 2);
  }

  private static NeuronAnswers answers(float... numbers) {
    return new NeuronAnswers(Map.of("relu", numbers));
  }

  /** Class 0 in the corners of a square around (1, 1), class 1 at (7, 1) and (8, 5). */
  private static ActivationProfile profile(Surprise.Params parameters) {
    ActivationProfile profile = METRIC.profile(parameters, setting(LAYER));
    float[][] corners = {{0, 0}, {2, 0}, {0, 2}, {2, 2}};
    long sample = 0;
    for (float[] corner : corners) {
      profile.add(new ProfiledImage(sample++, 0, 0, answers(corner)));
    }
    profile.add(new ProfiledImage(sample++, 1, 1, answers(7, 1)));
    profile.add(new ProfiledImage(sample++, 1, 1, answers(8, 5)));
    // Neither is a trace: no class, and no number.
    profile.add(new ProfiledImage(sample++, 1, -1, answers(100, 100)));
    profile.add(new ProfiledImage(sample, 1, 1, answers(Float.NaN, 100)));
    return profile;
  }

  private static Outcome outcome(int prediction, float... numbers) {
    float[] image = new float[1];
    return new Outcome(
            StepKind.CLEAN,
            new Outcome.Sample(0, 0, -1, SHAPE),
            new Outcome.Images(image, image, image, image, Optional.empty()),
            Verdict.skipped(prediction, prediction, ""),
            Verdict.skipped(prediction, prediction, ""))
        .with(new Outcome.Activations(answers(numbers), answers(numbers)));
  }

  private static Map<String, Double> surprise(Adequacy adequacy, Outcome... outcomes) {
    Surprise.Params parameters = parameters(adequacy);
    Accumulator accumulator = METRIC.start(parameters, setting(LAYER), profile(parameters));
    for (Outcome outcome : outcomes) {
      accumulator.add(outcome);
    }
    return accumulator.value();
  }

  @Test
  void comparesDistancesWithinAndBetweenClasses() {
    // (2, 1) is 1 from (2, 0) and (2, 2); the first of them is sqrt(26) from (7, 1).
    assertThat(surprise(Adequacy.DSA, outcome(0, 2, 1)))
        .contains(entry("profile.images", 6.0), entry("dsa.samples", 1.0))
        .hasEntrySatisfying(
            "dsa.mean", mean -> assertThat(mean).isEqualTo(1 / Math.sqrt(26), within(1e-12)));
    // The nearest of class 1 is (7, 1), 4 away, whose nearest of class 0 is (2, 0).
    assertThat(surprise(Adequacy.DSA, outcome(1, 3, 1)).get("dsa.max"))
        .isEqualTo(4 / Math.sqrt(26), within(1e-12));
    // A trace of the profile does not surprise at all.
    assertThat(surprise(Adequacy.DSA, outcome(0, 2, 2)).get("dsa.mean")).isZero();
  }

  /** Four corners have variance 4/3 and no covariance; the bandwidth is 4^(-1/6). */
  @Test
  void estimatesTheDensityOfEachClass() {
    double variance = 4 / 3.0 * Math.pow(4, -2.0 / 6);
    double expected = -Math.log(Math.exp(-2 / variance / 2) / (2 * Math.PI * variance));
    Map<String, Double> centre = surprise(Adequacy.LSA, outcome(0, 1, 1));
    assertThat(centre.get("lsa.mean")).isEqualTo(expected, within(1e-12));
    // The two traces of class 1 do not spread to both sides, so it has no density.
    assertThat(centre).contains(entry("lsa.classes", 1.0), entry("lsa.samples", 1.0));
    assertThat(surprise(Adequacy.LSA, outcome(1, 7, 3))).contains(entry("lsa.samples", 0.0));
  }

  @Test
  void staysFiniteFarFromAllTraces() {
    assertThat(surprise(Adequacy.LSA, outcome(0, 1e6f, -1e6f)).get("lsa.mean"))
        .isBetween(1e11, 1e13);
  }

  @Test
  void leavesOutNeuronsThatHardlyVary() {
    TraceMatrix traces =
        new TraceMatrix(
            List.of(
                new float[] {0, 5, 0},
                new float[] {1, 5, 3},
                new float[] {0, 0, 1},
                new float[] {3, 1, 1}),
            List.of(0, 0, 1, 1));
    // Neuron 1 is constant in class 0, and neuron 2 in class 1: the first one remains.
    ClassDensities densities = new ClassDensities(traces, 1e-5);
    assertThat(densities.classes()).isEqualTo(2);
    assertThat(densities.surprise(new float[] {0.5f, 99, 99}, 0))
        .isEqualTo(densities.surprise(new float[] {0.5f, 5, 1}, 0))
        .isNotEqualTo(densities.surprise(new float[] {0.7f, 5, 1}, 0));
    // In class 0 it varies by 0.25.
    assertThat(new ClassDensities(traces, 0.3).classes()).isZero();
  }

  @Test
  void countsTheBucketsOfItsDegrees() {
    // Ten buckets up to 2: degrees 0, 0.2 / sqrt(26) and 5 / 5.1 are in buckets 0, 0 and 4.
    Map<String, Double> figures =
        surprise(Adequacy.DSA, outcome(0, 2, 2), outcome(0, 2, 0.2f), outcome(0, 2, 7));
    assertThat(figures).contains(entry("dsa.coverage", 0.2));
    // Beyond the last bucket nothing is reached.
    assertThat(surprise(Adequacy.DSA, outcome(0, 2, 99))).contains(entry("dsa.coverage", 0.0));
  }

  @Test
  void looksAtTheLastActivationAndAtTheModelUnderTestAlone() {
    assertThat(METRIC.layers(parameters())).contains(LayerChoice.LAST_ACTIVATION);
    assertThat(METRIC.measures(StepKind.of("defend", Trait.RECLASSIFIES))).isFalse();
    assertThat(METRIC.measures(StepKind.of("attack", Trait.PERTURBS))).isTrue();
  }

  @Test
  void refusesWhatMemoryDoesNotAllow() {
    assertThatThrownBy(() -> METRIC.profile(parameters(Adequacy.LSA), setting(dense(1_000_000))))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("covariance of 1,000,000 neurons for each of 2 classes")
        .hasMessageContaining("measure dsa alone");
    ActivationTraces traces =
        new ActivationTraces(List.of(LAYER), Neurons.UNIT, 1e-5, 2 * 2 * Float.BYTES * 4);
    traces.add(new ProfiledImage(0, 0, 0, answers(1, 1)));
    traces.add(new ProfiledImage(1, 0, 0, answers(1, 1)));
    assertThatThrownBy(() -> traces.add(new ProfiledImage(2, 0, 0, answers(1, 1))))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("keeps 2 numbers of each image of the profile")
        .hasMessageContaining("memory allows 2 images");
  }
}
