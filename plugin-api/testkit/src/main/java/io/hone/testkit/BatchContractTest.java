package io.hone.testkit;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hone.api.Component;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.run.Run;
import io.hone.api.run.RunCancelledException;
import io.hone.api.run.Setting;
import io.hone.api.stability.Stability;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import io.hone.testkit.model.ConstantClassifier;
import io.hone.testkit.model.NanClassifier;
import io.hone.testkit.model.ScaledClassifier;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What attacks and improvers have in common: both rewrite a batch of adversarial examples in place,
 * row by row, seeing a victim.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public abstract class BatchContractTest<P extends Record> extends ComponentContractTest<P> {
  private static final int SAMPLES = 70;
  private static final int FEW = 12;
  private static final long SEED = 11;

  BatchContractTest(Component<P> component, Class<?> extensionPoint) {
    super(component, extensionPoint);
  }

  abstract Access access(P parameters);

  abstract OptionalLong expectedQueries(P parameters, Setting setting);

  abstract void prepare(P parameters, Setting setting, Run run);

  abstract void apply(P parameters, Victim victim, Batch clean, Tensor adversarial, Run run);

  /** Returns what the component finds in the adversarial tensor on entry. */
  abstract Tensor received(boolean targeted);

  /** Returns the shape of the images the component is tried on. */
  protected ImageShape shape() {
    return new ImageShape(2, 6, 5);
  }

  /** Returns the shapes of images that the component meets hostile models on. */
  protected List<ImageShape> hostileShapes() {
    return List.of(
        shape(), new ImageShape(1, 1, 1), new ImageShape(3, 1, 1), new ImageShape(3, 4, 2));
  }

  /** Returns whether the component knows this kind of goal. */
  protected boolean supports(boolean targeted) {
    return true;
  }

  /** Returns a run for the component, with the models and folders that it asks for. */
  protected TestRun run(long seed) {
    return new TestRun(seed);
  }

  /** Returns the images the component is tried on; the same ones in every call. */
  protected final TinySamples samples() {
    return new TinySamples(shape(), SAMPLES);
  }

  @ParameterizedTest(name = "targeted: {0}")
  @ValueSource(booleans = {false, true})
  void staysInRangeAndWritesOnlyItsRows(boolean targeted) {
    assumeSupported(targeted);
    ContractRule.B1.check(
        met(targeted),
        () -> {
          GuardedImages adversarial = new GuardedImages(received(targeted));
          apply(samples().clean(targeted), adversarial.images(), run(SEED));
          assertThatTensor(adversarial.images()).isWithinPixelRange();
          adversarial.assertSurroundingsUntouched();
        });
  }

  @ParameterizedTest(name = "targeted: {0}")
  @ValueSource(booleans = {false, true})
  void neverWritesToTheCleanImages(boolean targeted) {
    assumeSupported(targeted);
    ContractRule.B2.check(
        met(targeted),
        () -> {
          Batch clean = samples().clean(targeted);
          Tensor before = clean.pixels().copy();
          apply(clean, received(targeted), run(SEED));
          assertThatTensor(clean.pixels()).isSameAs(before);
        });
  }

  @ParameterizedTest(name = "targeted: {0}")
  @ValueSource(booleans = {false, true})
  void givesTheSameInBatchesOfAnySize(boolean targeted) {
    assumeSupported(targeted);
    ContractRule.B3.check(
        met(targeted),
        () -> {
          Tensor whole = result(targeted, allRows(), run(SEED));
          for (int size : new int[] {1, 7, 64}) {
            Run run = run(SEED);
            for (int from = 0; from < SAMPLES; from += size) {
              int[] rows = IntStream.range(from, Math.min(SAMPLES, from + size)).toArray();
              assertThatTensor(result(targeted, rows, run))
                  .as(
                      "in batches of %d instead of one of %d, samples from %d on",
                      size, SAMPLES, from)
                  .isSameAs(whole.select(rows));
            }
          }
        });
  }

  @ParameterizedTest(name = "targeted: {0}")
  @ValueSource(booleans = {false, true})
  void givesTheSameInAnyOrderAndOnTwoThreads(boolean targeted) {
    assumeSupported(targeted);
    ContractRule.B4.check(
        met(targeted),
        () -> {
          Tensor whole = result(targeted, allRows(), run(SEED));
          int[] odd = IntStream.range(0, SAMPLES).filter(row -> row % 2 == 1).toArray();
          int[] evenBackwards =
              IntStream.iterate(SAMPLES - 2, row -> row >= 0, row -> row - 2).toArray();
          Run run = run(SEED);
          List<Tensor> parts =
              Stream.of(odd, evenBackwards)
                  .parallel()
                  .map(rows -> result(targeted, rows, run))
                  .toList();
          assertThatTensor(parts.get(0))
              .as("the samples of odd index in a batch of their own, beside another thread")
              .isSameAs(whole.select(odd));
          assertThatTensor(parts.get(1))
              .as("the samples of even index backwards, beside another thread")
              .isSameAs(whole.select(evenBackwards));
        });
  }

  @ParameterizedTest(name = "targeted: {0}")
  @ValueSource(booleans = {false, true})
  void followsTheSeed(boolean targeted) {
    assumeSupported(targeted);
    ContractRule.B5.check(
        met(targeted),
        () -> {
          TestRun run = run(SEED);
          Tensor first = result(targeted, allRows(), run);
          assertThatTensor(result(targeted, allRows(), run(SEED)))
              .as("again with the same seed")
              .isSameAs(first);
          if (run.randomUsed()) {
            assertThat(result(targeted, allRows(), run(SEED + 1)).buffer())
                .as("Run.random was asked, but the result is the same with seed %d", SEED + 1)
                .isNotEqualTo(first.buffer());
          }
        });
  }

  @ParameterizedTest(name = "targeted: {0}")
  @ValueSource(booleans = {false, true})
  void endsWhenCancelled(boolean targeted) {
    assumeSupported(targeted);
    ContractRule.B6.check(
        met(targeted),
        () -> {
          TestRun run = run(SEED);
          run.cancel();
          assertThatThrownBy(() -> result(targeted, allRows(), run))
              .isInstanceOf(RunCancelledException.class);
        });
  }

  @ParameterizedTest(name = "targeted: {0}")
  @ValueSource(booleans = {false, true})
  void takesABatchWithoutRows(boolean targeted) {
    assumeSupported(targeted);
    ContractRule.B7.check(
        met(targeted),
        () -> {
          assertThatCode(() -> result(targeted, new int[0], run(SEED))).doesNotThrowAnyException();
        });
  }

  @ParameterizedTest(name = "{0} queries")
  @ValueSource(longs = {0, 1, 2, 5})
  void keepsToItsBudget(long budget) {
    for (boolean targeted : goals()) {
      ContractRule.B8.check(
          met(targeted) + ", within %d queries a sample".formatted(budget),
          () -> {
            TestRun run = run(SEED);
            Tensor adversarial = received(targeted);
            apply(victim(budget, run), samples().clean(targeted), adversarial, run);
            assertThatTensor(adversarial).isWithinPixelRange();
          });
    }
  }

  @ParameterizedTest(name = "targeted: {0}")
  @ValueSource(booleans = {false, true})
  void takesAboutAsManyQueriesAsItExpects(boolean targeted) {
    assumeSupported(targeted);
    OptionalLong expected =
        expectedQueries(
            parameters(), new Setting(shape(), samples().classifier().classes(), FEW, targeted));
    assumeTrue(expected.isPresent(), "the component tells no number beforehand");
    ContractRule.B10.check(
        met(targeted),
        () -> {
          assertThat(expected.getAsLong()).as("expected queries").isNotNegative();
          TestRun run = run(SEED);
          CountingVictim victim = victim(Long.MAX_VALUE, run);
          int[] rows = IntStream.range(0, FEW).toArray();
          Batch clean = samples().clean(targeted).select(rows);
          apply(victim, clean, received(targeted).select(rows), run);
          for (long sample : clean.images().samples()) {
            assertThat(victim.forwardQueries(sample) + victim.gradientQueries(sample))
                .as("queries of sample %d, where %d are expected", sample, expected.getAsLong())
                .isLessThanOrEqualTo(10 * expected.getAsLong() + 10);
          }
        });
  }

  @Test
  void survivesAModelThatNothingChanges() {
    survives("a model of constant logits", new ConstantClassifier(shape(), 1, 0, -1, 0));
  }

  @Test
  void survivesInfiniteLogits() {
    survives("a model of infinite logits", ScaledClassifier.overflowing(samples().classifier()));
  }

  @Test
  void survivesNanAwayFromTheCleanImages() {
    TinySamples samples = samples();
    survives(
        "a model that answers with NaN to all but the clean images",
        new NanClassifier(samples.classifier(), image -> !samples.isClean(image)));
  }

  @Test
  void survivesNanEverywhere() {
    survives(
        "a model that answers with NaN", new NanClassifier(samples().classifier(), image -> true));
  }

  private void survives(String model, DifferentiableClassifier hostile) {
    for (boolean targeted : goals()) {
      ContractRule.B9.check(
          met(targeted, model),
          () -> {
            TestRun run = run(SEED);
            Tensor adversarial = received(targeted);
            Victim victim = new CountingVictim(hostile, access(parameters()), run);
            apply(victim, samples().clean(targeted), adversarial, run);
            assertThatTensor(adversarial).isWithinPixelRange();
          });
    }
  }

  /** Returns the goals that the component knows, each as whether it is targeted. */
  final List<Boolean> goals() {
    return Stream.of(false, true).filter(this::supports).toList();
  }

  private void assumeSupported(boolean targeted) {
    assumeTrue(supports(targeted), "the component has another kind of goal");
  }

  /** Says what the component meets, for messages. */
  final String met(boolean targeted) {
    return met(targeted, "a small network");
  }

  final String met(boolean targeted, String model) {
    return "%d samples of %s, %s, before %s, with seed %d"
        .formatted(SAMPLES, shape(), targeted ? "targeted" : "untargeted", model, SEED);
  }

  private static int[] allRows() {
    return IntStream.range(0, SAMPLES).toArray();
  }

  private Tensor result(boolean targeted, int[] rows, Run run) {
    Tensor adversarial = received(targeted).select(rows);
    apply(samples().clean(targeted).select(rows), adversarial, run);
    return adversarial;
  }

  private void apply(Batch clean, Tensor adversarial, Run run) {
    apply(victim(Long.MAX_VALUE, run), clean, adversarial, run);
  }

  final CountingVictim victim(long budget, Run run) {
    return new CountingVictim(samples().classifier(), access(parameters()), budget, run);
  }

  final void apply(Victim victim, Batch clean, Tensor adversarial, Run run) {
    P parameters = parameters();
    prepare(parameters, new Setting(shape(), victim.classes(), SAMPLES, clean.targeted()), run);
    apply(parameters, victim, clean, adversarial, run);
  }
}
