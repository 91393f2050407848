package io.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.hone.api.Named;
import io.hone.api.activation.ActivationProfile;
import io.hone.api.activation.NeuronLayer;
import io.hone.api.activation.ProfiledImage;
import io.hone.api.data.ImageShape;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Metric;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.StepKind;
import io.hone.api.run.Setting;
import io.hone.api.stability.Stability;
import io.hone.host.figure.FigureTree;
import io.hone.host.figure.FrameworkFigures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link Metric} promises, run on random outcomes of each kind of step that it measures.
 *
 * <p>A metric that needs images of another shape overrides {@link #shape}, and a metric that needs
 * other layers overrides {@link #layers}.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public abstract class MetricContractTest<P extends Record> extends ComponentContractTest<P> {
  private static final int SAMPLES = 60;
  private static final String FIGURE = "[a-z0-9]+(_[a-z0-9]+)*(\\.[a-z0-9]+(_[a-z0-9]+)*)*";

  private final Metric<P> metric;

  /** Creates the test of a metric. */
  protected MetricContractTest(Metric<P> metric) {
    super(metric, Metric.class);
    this.metric = metric;
  }

  /** Returns the shape of the images the metric is tried on. */
  protected ImageShape shape() {
    return new ImageShape(2, 13, 12);
  }

  /**
   * Returns the layers that a metric is tried on if it looks inside the model: convolutions, a list
   * of tokens, and dense layers.
   */
  protected List<NeuronLayer> layers() {
    return RandomActivations.LAYERS;
  }

  static List<StepKind> kinds() {
    return RandomOutcomes.KINDS;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void namesItsFiguresAndLeavesOutWhatDoesNotExist(StepKind kind) {
    ContractRule.M1.check(
        met(kind),
        () -> {
          for (int count : new int[] {0, 1, SAMPLES}) {
            Accumulator accumulator = start();
            outcomes(kind).stream().limit(count).forEach(accumulator::add);
            accumulator
                .value()
                .forEach(
                    (name, value) -> {
                      assertThat(name).as("name of a figure").matches(FIGURE);
                      assertThat(value)
                          .as(name + " of " + count + " samples")
                          .isNotNull()
                          .isNotNaN();
                    });
          }
        });
  }

  /** Figures appear under the metric's id, so none of them can take the place of another one. */
  @ParameterizedTest
  @MethodSource("kinds")
  void givesEachFigureAPlaceOfItsOwn(StepKind kind) {
    String id = metric.getClass().getAnnotation(Named.class).id();
    ContractRule.M5.check(
        met(kind),
        () -> {
          FigureTree figures = new FigureTree();
          for (String name : folded(outcomes(kind)).value().keySet()) {
            String path = FrameworkFigures.path(id, name);
            assertThatCode(() -> figures.put(path, 0))
                .as("the figure `%s` of `%s`, which the results name `%s`", name, id, path)
                .doesNotThrowAnyException();
          }
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void givesTheSameInAnyOrder(StepKind kind) {
    ContractRule.M2.check(
        met(kind),
        () -> {
          Map<String, Double> expected = folded(outcomes(kind)).value();
          List<Outcome> shuffled = new ArrayList<>(outcomes(kind));
          Random random = new Random(4);
          for (int trial = 0; trial < 10; trial++) {
            Collections.shuffle(shuffled, random);
            assertThat(folded(shuffled).value()).isEqualTo(expected);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void givesTheSameFoldedInPartsAndMerged(StepKind kind) {
    ContractRule.M3.check(
        met(kind),
        () -> {
          Map<String, Double> expected = folded(outcomes(kind)).value();
          for (int size : new int[] {1, 7, 64}) {
            Accumulator forwards = start();
            Accumulator backwards = start();
            for (Accumulator part : parts(kind, size)) {
              forwards.merge(part);
            }
            List<Accumulator> reversed = parts(kind, size);
            Collections.reverse(reversed);
            for (Accumulator part : reversed) {
              backwards.merge(part);
            }
            assertThat(forwards.value()).isEqualTo(expected);
            assertThat(backwards.value()).isEqualTo(expected);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void goesOnFromWhatItWrote(StepKind kind) {
    ContractRule.M4.check(
        met(kind) + ", a third of them written and read",
        () -> {
          List<Outcome> outcomes = outcomes(kind);
          ByteArrayOutputStream written = new ByteArrayOutputStream();
          folded(outcomes.subList(0, outcomes.size() / 3)).write(new DataOutputStream(written));
          ByteArrayInputStream bytes = new ByteArrayInputStream(written.toByteArray());

          Accumulator resumed = start();
          resumed.read(new DataInputStream(bytes));
          outcomes.subList(outcomes.size() / 3, outcomes.size()).forEach(resumed::add);

          assertThat(resumed.value()).isEqualTo(folded(outcomes).value());
          assertThat(bytes.available()).as("bytes that it wrote but did not read").isZero();
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void givesRatesThatAreTheirShareOfSamples(StepKind kind) {
    ContractRule.M6.check(
        met(kind),
        () -> {
          List<Outcome> outcomes = outcomes(kind);
          Accumulator filled = folded(outcomes);
          Map<String, List<Boolean>> counted = new TreeMap<>();
          for (Outcome outcome : outcomes) {
            Map<String, Boolean> rates = start().rates(outcome);
            assertThat(filled.rates(outcome))
                .as("rates of sample %d after others were added", outcome.sample().index())
                .isEqualTo(rates);
            rates.forEach(
                (rate, inFavour) ->
                    counted.computeIfAbsent(rate, key -> new ArrayList<>()).add(inFavour));
          }
          Map<String, Double> value = filled.value();
          counted.forEach(
              (rate, samples) ->
                  assertThat(value.get(rate))
                      .as("the rate `%s` over %d samples", rate, samples.size())
                      .isEqualTo(Collections.frequency(samples, true) / (double) samples.size()));
        });
  }

  @Test
  void makesTheSameProfileOfImagesInAnyOrderAndInParts() {
    ContractRule.M7.check(
        SAMPLES + " random images of a profile",
        () -> {
          Map<String, Double> expected = measured(profile(profiled()));
          List<ProfiledImage> shuffled = new ArrayList<>(profiled());
          Collections.shuffle(shuffled, new Random(5));
          assertThat(measured(profile(shuffled))).as("in another order").isEqualTo(expected);

          ActivationProfile merged = profile(shuffled.subList(40, SAMPLES));
          merged.merge(profile(List.of()));
          merged.merge(profile(shuffled.subList(7, 40)));
          merged.merge(profile(shuffled.subList(0, 7)));
          assertThat(measured(merged)).as("in parts").isEqualTo(expected);

          ByteArrayOutputStream written = new ByteArrayOutputStream();
          profile(shuffled.subList(0, 20)).write(new DataOutputStream(written));
          ByteArrayInputStream bytes = new ByteArrayInputStream(written.toByteArray());
          ActivationProfile read = profile(List.of());
          read.read(new DataInputStream(bytes));
          shuffled.subList(20, SAMPLES).forEach(read::add);
          assertThat(measured(read)).as("a third of them written and read").isEqualTo(expected);
          assertThat(bytes.available()).as("bytes that it wrote but did not read").isZero();
        });
  }

  /** Returns the figures of every kind of step. */
  private Map<String, Double> measured(ActivationProfile profile) {
    Map<String, Double> figures = new TreeMap<>();
    for (StepKind kind : kinds()) {
      Accumulator accumulator = metric.start(parameters(), setting(), profile);
      outcomes(kind).forEach(accumulator::add);
      accumulator.value().forEach((name, value) -> figures.put(kind + " " + name, value));
    }
    return figures;
  }

  /** Says what the metric meets, for messages. */
  private String met(StepKind kind) {
    return "%d random outcomes of a step of kind %s, with images of %s"
        .formatted(SAMPLES, kind, shape());
  }

  private List<Outcome> outcomes(StepKind kind) {
    if (!metric.measures(kind)) {
      return List.of();
    }
    List<Outcome> outcomes = RandomOutcomes.of(kind, shape(), SAMPLES);
    return looksInside() ? RandomActivations.of(layers(), outcomes) : outcomes;
  }

  private List<Accumulator> parts(StepKind kind, int size) {
    List<Outcome> outcomes = outcomes(kind);
    List<Accumulator> parts = new ArrayList<>();
    parts.add(start());
    for (int from = 0; from < outcomes.size(); from += size) {
      parts.add(folded(outcomes.subList(from, Math.min(outcomes.size(), from + size))));
    }
    return parts;
  }

  private Accumulator folded(List<Outcome> outcomes) {
    Accumulator accumulator = start();
    outcomes.forEach(accumulator::add);
    return accumulator;
  }

  private Accumulator start() {
    return metric.start(parameters(), setting(), profile(profiled()));
  }

  private Setting setting() {
    Setting setting = new Setting(shape(), RandomOutcomes.CLASSES, SAMPLES, true);
    return looksInside() ? setting.with(layers()) : setting;
  }

  private List<ProfiledImage> profiled() {
    return RandomActivations.profiled(layers(), SAMPLES, RandomOutcomes.CLASSES);
  }

  private ActivationProfile profile(List<ProfiledImage> images) {
    ActivationProfile profile = metric.profile(parameters(), setting());
    images.forEach(profile::add);
    return profile;
  }

  private boolean looksInside() {
    return metric.layers(parameters()).isPresent();
  }
}
