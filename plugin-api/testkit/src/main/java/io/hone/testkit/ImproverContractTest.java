package io.hone.testkit;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.Improver;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.stability.Stability;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import io.hone.testkit.model.ConstantClassifier;
import io.hone.testkit.model.ExactClassifier;
import io.hone.testkit.model.NanClassifier;
import io.hone.testkit.model.OnlyTheseClassifier;
import io.hone.testkit.model.ScaledClassifier;
import io.hone.testkit.model.ScatteredClassifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link Improver} promises, run on tiny adversarial examples against tiny models, some
 * of them hostile.
 *
 * <p>An improver that knows one kind of goal only, needs images of another shape or models of its
 * own overrides {@link #supports}, {@link #shape}, {@link #hostileShapes} or {@link #run}.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public abstract class ImproverContractTest<P extends Record> extends BatchContractTest<P> {
  /** Two of each kind of example. */
  private static final int HOSTILE_SAMPLES = 12;

  private static final long HOSTILE_SEED = 5;

  private final Improver<P> improver;

  /** Creates the test of an improver. */
  protected ImproverContractTest(Improver<P> improver) {
    super(improver, Improver.class);
    this.improver = improver;
  }

  @ParameterizedTest(name = "{0} queries")
  @ValueSource(longs = {0, 1, 2, 3, 20, Long.MAX_VALUE})
  void keepsTheLabelAndMovesNoExampleAway(long budget) {
    for (boolean targeted : goals()) {
      TestRun run = run(1);
      Batch clean = samples().clean(targeted);
      Tensor received = received(targeted);
      Tensor improved = received.copy();
      String met = met(targeted) + ", within %d queries a sample".formatted(budget);
      ContractRule.B8.check(met, () -> apply(victim(budget, run), clean, improved, run));
      assertKept(met, samples().classifier(), clean, received, improved);
    }
  }

  /** Checks the class that a model gives, and that no distance grew. */
  private void assertKept(
      String met, ExactClassifier model, Batch clean, Tensor received, Tensor improved) {
    int[] before = model.predict(clean.images().with(received));
    int[] after = model.predict(clean.images().with(improved));
    for (int row = 0; row < clean.size(); row++) {
      String sample = met + ", sample " + clean.sample(row);
      int index = row;
      ContractRule.I1.check(
          sample,
          () ->
              assertThat(after[index])
                  .as("class of the improved image; the received one has class %d", before[index])
                  .isEqualTo(before[index]));
      ContractRule.I2.check(
          sample,
          () ->
              MeasuredDistances.between(clean.pixels().row(index), improved.row(index))
                  .assertNoneExceeds(
                      MeasuredDistances.between(clean.pixels().row(index), received.row(index)),
                      0,
                      "the improved image"));
    }
  }

  @Test
  void leavesWhatIsNotAdversarialAloneAndSaysSo() {
    TinySamples samples = samples();
    Batch wanted = samples.clean(true);
    int[] others =
        IntStream.range(0, wanted.size())
            .map(row -> (wanted.target(row) + 1) % samples.classifier().classes())
            .toArray();
    int[] targets = supports(true) ? others : unaimed(wanted.size());
    int[] labels = IntStream.range(0, wanted.size()).map(wanted::target).toArray();
    Batch clean = new Batch(wanted.images(), labels, targets);
    Tensor received = samples.adversarial(true);
    Tensor improved = received.copy();
    TestRun run = run(1);
    ContractRule.I3.check(
        "%d images of %s that do not meet their goal".formatted(clean.size(), shape()),
        () -> {
          apply(victim(Long.MAX_VALUE, run), clean, improved, run);
          assertThatTensor(improved).isSameAs(received);
          for (int row = 0; row < clean.size(); row++) {
            assertThat(run.givenUp(clean.sample(row)))
                .as("reason that Run.giveUp was told of sample %d", clean.sample(row))
                .contains(Reason.NOT_ADVERSARIAL);
          }
        });
  }

  private static int[] unaimed(int size) {
    return IntStream.generate(() -> Batch.NO_TARGET).limit(size).toArray();
  }

  @Test
  void leavesAnExampleThatEqualsItsCleanImageAlone() {
    Batch clean = misclassified();
    Tensor improved = clean.pixels().copy();
    ContractRule.I4.check(
        "%d examples of %s that equal their clean images".formatted(clean.size(), shape()),
        () -> {
          if (supports(false)) {
            apply(victim(Long.MAX_VALUE, run(1)), clean, improved, run(1));
          }
          assertThatTensor(improved).isSameAs(clean.pixels());
        });
  }

  @Test
  void takesAnExampleThatDiffersInOneFeature() {
    Batch clean = misclassified();
    Tensor received = clean.pixels().copy();
    for (int row = 0; row < clean.size(); row++) {
      int feature = row % received.rowSize();
      received.set(row, feature, received.get(row, feature) < 0.5f ? 0.52f : 0.48f);
    }
    Tensor improved = received.copy();
    String met = "%d examples of %s that differ in one feature".formatted(clean.size(), shape());
    if (supports(false)) {
      ContractRule.B9.check(
          met, () -> apply(victim(Long.MAX_VALUE, run(1)), clean, improved, run(1)));
    }
    assertKept(met, samples().classifier(), clean, received, improved);
  }

  /** Returns clean images under labels that the model does not give them. */
  private Batch misclassified() {
    Batch right = samples().clean(false);
    int[] wrong = IntStream.range(0, right.size()).map(row -> 3 - right.label(row)).toArray();
    return new Batch(right.images(), wrong, unaimed(right.size()));
  }

  @Test
  void leavesAnExampleAloneWhereEveryOtherImageGivesNan() {
    for (boolean targeted : goals()) {
      Batch clean = samples().clean(targeted);
      Tensor received = received(targeted);
      Set<List<Double>> examples = new HashSet<>();
      for (int row = 0; row < clean.size(); row++) {
        examples.add(values(received.row(row)));
      }
      TestRun run = run(1);
      NanClassifier model =
          new NanClassifier(samples().classifier(), image -> !examples.contains(values(image)));
      Tensor improved = received.copy();
      ContractRule.I4.check(
          met(targeted, "a model that answers with NaN to all but the received images"),
          () -> {
            apply(new CountingVictim(model, access(parameters()), run), clean, improved, run);
            assertThatTensor(improved).isSameAs(received);
          });
    }
  }

  private static List<Double> values(double[] image) {
    return DoubleStream.of(image).boxed().toList();
  }

  private static List<Double> values(float[] image) {
    return IntStream.range(0, image.length).mapToObj(feature -> (double) image[feature]).toList();
  }

  @Test
  void keepsTheLabelThatAHostileModelGives() {
    for (boolean targeted : goals()) {
      keepsTheLabel(
          met(targeted, "a model of constant logits"),
          targeted,
          new ConstantClassifier(shape(), 1, 0, -1, 0));
      keepsTheLabel(
          met(targeted, "a model of infinite logits"),
          targeted,
          ScaledClassifier.overflowing(samples().classifier()));
    }
  }

  private void keepsTheLabel(String met, boolean targeted, ExactClassifier hostile) {
    Batch clean = samples().clean(targeted);
    Tensor received = received(targeted);
    Tensor improved = received.copy();
    TestRun run = run(1);
    ContractRule.B9.check(
        met,
        () -> apply(new CountingVictim(hostile, access(parameters()), run), clean, improved, run));
    assertKept(met, hostile, clean, received, improved);
  }

  /**
   * Every model and shape, in every goal and with budgets, on examples that differ in one feature,
   * in all, by less than 8 bits tell or not at all: none is lost.
   */
  @TestFactory
  Stream<DynamicTest> losesNothingOnHostileModels() {
    return hostileShapes().stream()
        .flatMap(shape -> models(new TinySamples(shape, HOSTILE_SAMPLES)));
  }

  private Stream<DynamicTest> models(TinySamples samples) {
    ImageShape shape = samples.classifier().shape();
    ExactClassifier scattered = new ScatteredClassifier(shape, 3);
    NanClassifier holey = new NanClassifier(scattered, image -> Arrays.hashCode(image) % 4 == 0);
    return Stream.concat(
        Arrays.stream(HostileModel.values())
            .map(model -> dynamicTest(model.toString(), samples, model.around(samples))),
        Stream.of(
            dynamicTest("SCATTERED_CLASSES", samples, scattered),
            dynamicTest("NAN_HERE_AND_THERE", samples, holey)));
  }

  private DynamicTest dynamicTest(String name, TinySamples samples, ExactClassifier model) {
    return DynamicTest.dynamicTest(
        name + " of " + model.shape() + " images",
        () -> {
          for (boolean targeted : goals()) {
            new Improvement<>(
                    improver,
                    parameters(),
                    () -> run(HOSTILE_SEED),
                    name,
                    model,
                    samples.clean(targeted),
                    targeted)
                .check();
          }
        });
  }

  @Test
  void givesBackAnExampleBitForBitWhereEveryOtherImageHasAnotherClass() {
    for (boolean targeted : goals()) {
      Batch clean = samples().clean(targeted);
      Tensor received = received(targeted);
      int[] targets = new int[clean.size()];
      Arrays.fill(targets, targeted ? 1 : Batch.NO_TARGET);
      Batch images = new Batch(clean.images(), new int[clean.size()], targets);
      ExactClassifier model = new OnlyTheseClassifier(clean.images().with(received));
      TestRun run = run(1);
      Tensor improved = received.copy();
      ContractRule.I4.check(
          met(targeted, "a model that gives every other image another class"),
          () -> {
            apply(new CountingVictim(model, access(parameters()), run), images, improved, run);
            assertThatTensor(improved).isSameAs(received);
          });
    }
  }

  @Override
  final Access access(P parameters) {
    return improver.access(parameters);
  }

  @Override
  final OptionalLong expectedQueries(P parameters, Setting setting) {
    return improver.expectedQueries(parameters, setting);
  }

  @Override
  final void prepare(P parameters, Setting setting, Run run) {
    improver.prepare(parameters, setting, run);
  }

  @Override
  final void apply(P parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    improver.improve(parameters, victim, clean, adversarial, run);
  }

  @Override
  final Tensor received(boolean targeted) {
    return samples().adversarial(targeted);
  }
}
