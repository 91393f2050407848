package io.hone.plugins.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.BadInputException;
import io.hone.api.activation.ActivationProfile;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Coverage of networks that are small enough for paper. */
class NeuronCoverageTest {
  private static final StepKind ATTACK = StepKind.of("attack", Trait.PERTURBS);
  private static final ImageShape SHAPE = new ImageShape(1, 1, 2);

  /** Two inputs, three hidden neurons with Relu, two outputs. */
  private static final NeuronLayer HIDDEN = dense("hidden", 3);

  private static final NeuronLayer OUTPUT = dense("output", 2);

  private static NeuronLayer dense(String name, int neurons) {
    return new NeuronLayer(name, "Relu", neurons, 1, Order.CHANNELS_FIRST, true);
  }

  /** hidden = relu(x - y, x + y - 2, y), output = relu(hidden0 + hidden2, 3 hidden1). */
  private static Map<String, float[]> network(float x, float y) {
    float[] hidden = {Math.max(0, x - y), Math.max(0, x + y - 2), Math.max(0, y)};
    float[] output = {hidden[0] + hidden[2], 3 * hidden[1]};
    return Map.of("hidden", hidden, "output", output);
  }

  private static Outcome outcome(
      StepKind kind, Map<String, float[]> clean, Map<String, float[]> emitted) {
    float[] image = new float[2];
    return new Outcome(
            kind,
            new Outcome.Sample(0, 0, -1, SHAPE),
            new Outcome.Images(image, image, image, image, Optional.empty()),
            Verdict.skipped(0, 0, ""),
            Verdict.skipped(0, 0, ""))
        .with(new Outcome.Activations(new NeuronAnswers(clean), new NeuronAnswers(emitted)));
  }

  private static Outcome clean(float x, float y) {
    return outcome(StepKind.CLEAN, network(x, y), network(x, y));
  }

  private static final Setting SETTING =
      new Setting(SHAPE, 2, 9, false).with(List.of(HIDDEN, OUTPUT));

  private static NeuronCoverage.Params parameters(
      Neurons neuron, boolean scaled, List<Double> thresholds, List<Integer> top) {
    return new NeuronCoverage.Params(
        List.of(),
        neuron,
        List.of(CoverageCriterion.NC, CoverageCriterion.TKNC, CoverageCriterion.TKNP),
        scaled,
        thresholds,
        top,
        1000);
  }

  private static Accumulator start(
      Neurons neuron, boolean scaled, List<Double> thresholds, List<Integer> top) {
    return new NeuronCoverage().start(parameters(neuron, scaled, thresholds, top), SETTING);
  }

  /** Two sections, and the ranges of what the network answers to some points. */
  private static Accumulator startWithRanges(float[]... points) {
    NeuronCoverage.Params parameters = sections(2);
    NeuronCoverage metric = new NeuronCoverage();
    ActivationProfile profile = metric.profile(parameters, SETTING);
    for (float[] point : points) {
      profile.add(new ProfiledImage(0, -1, 0, new NeuronAnswers(network(point[0], point[1]))));
    }
    return metric.start(parameters, SETTING, profile);
  }

  private static NeuronCoverage.Params sections(int sections) {
    return new NeuronCoverage.Params(
        List.of(),
        Neurons.UNIT,
        List.of(CoverageCriterion.KMNC, CoverageCriterion.NBC, CoverageCriterion.SNAC),
        false,
        List.of(),
        List.of(),
        sections);
  }

  @Test
  void countsNeuronsAboveAThreshold() {
    Accumulator coverage = start(Neurons.UNIT, false, List.of(0.0, 1.0), List.of(1));
    // hidden (1, 0, 0), output (1, 0): two of five neurons are above 0, and none above 1.
    coverage.add(clean(1, 0));
    assertThat(coverage.value())
        .contains(
            entry("layers", 2.0),
            entry("neurons", 5.0),
            entry("nc.above_0", 0.4),
            entry("nc.above_1", 0.0));
    // hidden (0, 2, 2), output (2, 6): the other three, four of them above 1.
    coverage.add(clean(2, 2));
    assertThat(coverage.value()).contains(entry("nc.above_0", 1.0), entry("nc.above_1", 0.8));
  }

  @Test
  void scalesEachLayerByItsOwnNumbersOfAnInput() {
    Accumulator coverage = start(Neurons.UNIT, true, List.of(0.0, 0.5, 0.75), List.of(1));
    // hidden (1, 3, 2) becomes (0, 1, 0.5), output (3, 9) becomes (0, 1).
    coverage.add(clean(3, 2));
    assertThat(coverage.value())
        .contains(
            entry("nc.above_0", 0.6), entry("nc.above_0_5", 0.4), entry("nc.above_0_75", 0.4));
    // A layer of equal numbers has no range, and covers nothing.
    Accumulator flat = start(Neurons.UNIT, true, List.of(0.0), List.of(1));
    flat.add(clean(0, 0));
    assertThat(flat.value()).contains(entry("nc.above_0", 0.0));
  }

  @Test
  void countsTheNeuronsThatAnswerMostAndTheirPatterns() {
    Accumulator coverage = start(Neurons.UNIT, false, List.of(0.0), List.of(1, 3));
    // The top of hidden is 0, then 1; of output 0, then 1.
    coverage.add(clean(1, 0));
    coverage.add(clean(2, 0));
    coverage.add(clean(3, 2));
    assertThat(coverage.value())
        .contains(
            entry("tknc.top_1", 0.8),
            entry("tknc.top_3", 1.0),
            entry("tknp.top_1", 2.0),
            entry("tknp.top_3", 1.0));
  }

  /**
   * The profile sees hidden (1, 0, 0), output (1, 0) and hidden (0, 2, 2), output (2, 6): ranges
   * 0-1, 0-2, 0-2 and 1-2, 0-6.
   */
  @Test
  void comparesWithTheRangesOfOrdinaryImages() {
    Accumulator coverage = startWithRanges(new float[] {1, 0}, new float[] {2, 2});
    assertThat(coverage.value())
        .contains(entry("profile.images", 2.0), entry("kmnc", 0.0), entry("nbc", 0.0));
    // hidden (1, 0, 0) and output (1, 0) are ends: sections 2, 1, 1, 1, 1 of ten, none beyond.
    coverage.add(clean(1, 0));
    assertThat(coverage.value())
        .contains(entry("kmnc", 0.5), entry("nbc", 0.0), entry("snac", 0.0));
    // hidden (0, 1, 1.5), output (1.5, 3): 1, and 2, 2, 2, 2: the middle belongs to the upper one.
    coverage.add(clean(1.5f, 1.5f));
    assertThat(coverage.value()).contains(entry("kmnc", 1.0), entry("nbc", 0.0));
    // hidden (3, 1, 0) is beyond its first range, output (3, 3) too.
    coverage.add(clean(3, 0));
    assertThat(coverage.value()).contains(entry("nbc", 0.2), entry("snac", 0.4));
    // hidden (0, 0, 0), output (0, 0): below the range of output0, which is no strong activation.
    coverage.add(clean(0, 0));
    assertThat(coverage.value()).contains(entry("nbc", 0.3), entry("snac", 0.4));
  }

  @Test
  void findsNothingBeyondTheRangesOfTheSameImages() {
    float[][] points = {{1, 0}, {2, 2}, {0.3f, 5}, {4, 1.7f}};
    Accumulator coverage = startWithRanges(points);
    for (float[] point : points) {
      coverage.add(clean(point[0], point[1]));
    }
    assertThat(coverage.value())
        .contains(entry("nbc", 0.0), entry("snac", 0.0), entry("kmnc", 1.0));
  }

  /** One answer has no range to divide, and a neuron that only answered NaN has no range at all. */
  @Test
  void coversNoSectionOfANeuronWithoutARange() {
    Accumulator flat = startWithRanges(new float[] {1, 0});
    flat.add(clean(1, 0));
    assertThat(flat.value()).contains(entry("kmnc", 0.0), entry("nbc", 0.0));
    Accumulator unknown = startWithRanges(new float[] {Float.NaN, 0});
    unknown.add(clean(3, 2));
    // y is known to be 0 for hidden2 alone: 2 is beyond it.
    assertThat(unknown.value()).contains(entry("nbc", 0.1), entry("snac", 0.2));
  }

  @Test
  void refusesMoreSectionsThanMemoryAllows() {
    assertThatCode(() -> SectionCoverage.check(6_508, 236, 1000, 1L << 30))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> SectionCoverage.check(25_000_000, 1_920, 1000, 1L << 32))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("1,000 sections for each of 25,000,000 neurons takes 5,960 MB")
        .hasMessageContaining("take neuron: channel-mean (1,920 neurons)");
    assertThatThrownBy(() -> SectionCoverage.check(1_920, 1_920, 10_000_000, 1L << 50))
        .isInstanceOf(BadInputException.class)
        .hasMessageNotContaining("channel-mean");
    NeuronLayer large = dense("large", Integer.MAX_VALUE);
    assertThatThrownBy(
            () -> new NeuronCoverage().profile(sections(1000), SETTING.with(List.of(large))))
        .isInstanceOf(BadInputException.class);
  }

  @Test
  void measuresNothingThatIsNotAskedFor() {
    Accumulator coverage = start(Neurons.UNIT, false, List.of(), List.of());
    coverage.add(clean(1, 0));
    assertThat(coverage.value()).containsOnlyKeys("layers", "neurons");
  }

  @Test
  void takesTheFirstOfEqualNeuronsAndNoNan() {
    assertThat(TopNeurons.of(new float[] {1, 3, 3, 2}, 1)).containsExactly(1);
    assertThat(TopNeurons.of(new float[] {1, 3, 3, 2}, 3)).containsExactly(1, 2, 3);
    assertThat(TopNeurons.of(new float[] {Float.NaN, -1, Float.NaN}, 2)).containsExactly(1);
    assertThat(TopNeurons.of(new float[] {2, 1}, 5)).containsExactly(0, 1);
  }

  @Test
  void tellsWhatAStepAddsToTheCleanImages() {
    Accumulator coverage = start(Neurons.UNIT, false, List.of(0.0), List.of(1));
    coverage.add(outcome(ATTACK, network(1, 0), network(0, 1)));
    // Clean: hidden0 and output0. Emitted: hidden (0, 0, 1) and output0.
    assertThat(coverage.value())
        .contains(entry("nc.above_0", 0.4), entry("with_clean.nc.above_0", 0.6));
    Accumulator clean = start(Neurons.UNIT, false, List.of(0.0), List.of(1));
    clean.add(clean(1, 0));
    assertThat(clean.value().keySet()).noneMatch(name -> name.startsWith("with_clean"));
  }

  @Test
  void takesTheMeanOfAChannelAsItsNeuron() {
    NeuronLayer first = new NeuronLayer("c", "Relu", 2, 3, Order.CHANNELS_FIRST, true);
    NeuronLayer last = new NeuronLayer("t", "Mul", 2, 3, Order.CHANNELS_LAST, true);
    float[] row = {0, 3, 6, 1, 1, 4};
    assertThat(Neurons.CHANNEL_MEAN.outputs(first, row)).containsExactly(3, 2);
    assertThat(Neurons.CHANNEL_MEAN.outputs(last, row)).containsExactly(7 / 3f, 8 / 3f);
    assertThat(Neurons.UNIT.outputs(last, row)).isSameAs(row);
    // Scaled by the numbers of the layer first, from 0 to 6, and then averaged.
    LayerAnswers answers = LayerAnswers.of(Neurons.CHANNEL_MEAN, List.of(first), layer -> row);
    assertThat(answers.scaled(0)).containsExactly(new float[] {0.5f, 1 / 3f}, within(1e-6f));
  }

  @Test
  void refusesANumberThatIsGivenTwice() {
    assertThatThrownBy(() -> parameters(Neurons.UNIT, true, List.of(0.5, 0.5), List.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'thresholds' says something twice");
  }
}
