package io.hone.testkit;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Sha256;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import io.hone.api.run.RunCancelledException;
import io.hone.api.stability.Stability;
import io.hone.api.train.Pairs;
import io.hone.api.train.Recipe;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.Trainer;
import io.hone.api.train.TrainingChoices;
import io.hone.api.train.TrainingOption;
import io.hone.api.train.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link Trainer} promises, run on a few tiny images of three classes.
 *
 * <p>The parameters should ask for three epochs or more, so that there is a checkpoint to go on
 * from. A trainer that needs images of another shape overrides {@link #shape}.
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public abstract class TrainerContractTest<P extends Record> extends ComponentContractTest<P> {
  private static final long SEED = 7;

  private static final int THREADS = 2;

  /** Images that a recipe sees at a time where it does not see all. */
  private static final int PIECE = 5;

  @TempDir private Path folder;

  private final Trainer<P> trainer;

  /** Creates the test of a trainer. */
  protected TrainerContractTest(Trainer<P> trainer) {
    super(trainer, Trainer.class);
    this.trainer = trainer;
  }

  /** Puts another folder in the place of the one that JUnit makes; tests of this test run alone. */
  void useFolder(Path other) {
    folder = other;
  }

  /** Returns the shape of the images that the trainer learns from. */
  protected ImageShape shape() {
    return new ImageShape(1, 16, 16);
  }

  /** Returns what a scenario says beside the trainer's parameters. */
  protected TrainingChoices choices() {
    return TrainingChoices.usual();
  }

  /** Returns a shape of images that the trainer's network cannot take, if there is one. */
  protected Optional<ImageShape> unfit() {
    return Optional.empty();
  }

  @Test
  void givesTheSameWeightsAgain() {
    ContractRule.T1.check(
        met(),
        () -> {
          TrainedModel first = train(task("first", false), new TestRun(SEED));
          assertSame(train(task("again", false), new TestRun(SEED)), first);
        });
  }

  @Test
  void goesOnWhereItWasCancelled() {
    ContractRule.T2.check(
        met(),
        () -> {
          TestRun undisturbed = new TestRun(SEED);
          TrainedModel whole = train(task("whole", false), undisturbed);
          assertThat(undisturbed.looks()).as("calls of Run.checkCancelled").isPositive();
          TestRun cancelled = new TestRun(SEED);
          cancelled.cancelAfter(undisturbed.looks() * 2 / 3);
          TrainingTask begun = task("parts", false);
          assertThatThrownBy(() -> train(begun, cancelled))
              .isInstanceOf(RunCancelledException.class);
          assertThat(begun.checkpoints()).as("what cancelling left").isNotEmptyDirectory();
          assertSame(train(task("parts", true), new TestRun(SEED)), whole);
        });
  }

  private static void assertSame(TrainedModel model, TrainedModel expected) {
    assertThatTensor(model.probeOutputs()).isSameAs(expected.probeOutputs());
    assertThat(model.figures()).isEqualTo(expected.figures());
    assertThat(model.card().sha256()).as("checksum").isEqualTo(expected.card().sha256());
  }

  @Test
  void refusesBeforehandWhatCannotWork() {
    assumeTrue(unfit().isPresent(), "the trainer takes images of any shape");
    ImageShape shape = unfit().orElseThrow();
    ContractRule.T3.check(
        "images of " + shape + " and " + parameters(),
        () ->
            assertThatThrownBy(() -> trainer.prepare(parameters(), choices(), shape, classes()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(shape.toString()));
  }

  @Test
  void takesTheChoicesThatItsOptionsName() {
    ContractRule.T10.check(
        met(),
        () -> {
          Set<TrainingOption> options = trainer.options();
          assertThat(options).as("options").containsAll(OfferedChoices.optionsOf(choices()));
          OfferedChoices offered = new OfferedChoices(choices());
          if (options.contains(TrainingOption.SHARDS)) {
            prepare(offered.ofOneShard());
          }
          if (options.contains(TrainingOption.ATTACK)) {
            TrainingChoices attacking = offered.withAttack();
            prepare(attacking);
            assertThat(trainer.recipe(parameters(), attacking).batchAttacks())
                .as("attacks of the recipe")
                .contains(attacking.attack().orElseThrow());
          }
          if (options.contains(TrainingOption.ENGINE)) {
            TrainingChoices unknown = offered.ofUnknownEngine();
            assertThatThrownBy(() -> prepare(unknown))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(unknown.engine().orElseThrow());
            TrainingChoices elsewhere = offered.onUnknownDevice();
            assertThatThrownBy(() -> prepare(elsewhere))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("train.device");
          }
        });
  }

  private void prepare(TrainingChoices choices) {
    trainer.prepare(parameters(), choices, shape(), classes());
  }

  @Test
  void describesWhatItWroteAndLeavesItsExamplesAlone() throws IOException {
    TrainingTask task = task("model", false);
    TrainingTask untouched = task("untouched", false);
    ContractRule.T3.check(
        met(),
        () ->
            assertThatCode(() -> trainer.prepare(parameters(), choices(), shape(), classes()))
                .doesNotThrowAnyException());
    TrainedModel model = train(task, new TestRun(SEED));
    ContractRule.T4.check(met(), () -> assertDescribed(model.card(), task));
    ContractRule.T5.check(met(), () -> assertProbed(model));
    ContractRule.T6.check(
        met(),
        () ->
            assertThat(model.figures())
                .isNotEmpty()
                .allSatisfy(
                    (name, value) -> {
                      assertThat(name).matches("[a-z0-9]+(_[a-z0-9]+)*");
                      assertThat(value).isFinite();
                    }));
    ContractRule.T7.check(
        met(),
        () -> {
          assertThatTensor(task.training().inputs()).isSameAs(untouched.training().inputs());
          assertThatTensor(task.training().targets()).isSameAs(untouched.training().targets());
          assertThatTensor(task.validation().inputs()).isSameAs(untouched.validation().inputs());
          assertThatTensor(task.validation().targets()).isSameAs(untouched.validation().targets());
        });
  }

  private void assertDescribed(ModelCard card, TrainingTask task) throws IOException {
    assertThat(card.file()).isRegularFile().hasParent(task.output());
    assertThat(card.sha256()).isEqualTo(Sha256.of(card.file()));
    assertThat(card.task()).isEqualTo(classes() > 0 ? Task.CLASSIFIER : Task.IMAGE_TO_IMAGE);
    assertThat(card.output().classes()).isEqualTo(classes());
    assertThat(card.input().channels()).isEqualTo(shape().channels());
    assertThat(card.input().height().orElse(shape().height())).isEqualTo(shape().height());
    assertThat(card.input().width().orElse(shape().width())).isEqualTo(shape().width());
  }

  private void assertProbed(TrainedModel model) {
    int probes = model.probeInputs().rows();
    assertThat(probes).as("number of probes").isPositive();
    assertThat(model.probeInputs().imageShape()).isEqualTo(shape());
    assertThat(model.probeOutputs().shape())
        .isEqualTo(classes() > 0 ? new int[] {probes, classes()} : model.probeInputs().shape());
  }

  @Test
  void makesThePairsOfAnImageFromThatImageAlone() {
    TinyPairImages images = examples().images();
    ContractRule.T8.check(
        met(),
        () -> {
          assertThat(recipe().key()).isNotBlank().isEqualTo(recipe().key());
          List<PairOfRow> whole = PairOfRow.of(pairs(images), 0);
          assertThat(whole).as("pairs").isNotEmpty();
          List<PairOfRow> pieces = new ArrayList<>();
          for (int from = 0; from < TinyExamples.TRAINING; from += PIECE) {
            int to = Math.min(TinyExamples.TRAINING, from + PIECE);
            pieces.addAll(PairOfRow.of(pairs(images.rows(from, to)), from));
          }
          assertSamePairs(PairOfRow.byImage(pieces), PairOfRow.byImage(whole));
        });
  }

  private static void assertSamePairs(
      Map<Integer, List<PairOfRow>> pieces, Map<Integer, List<PairOfRow>> whole) {
    assertThat(pieces.keySet()).as("images with pairs").isEqualTo(whole.keySet());
    whole.forEach(
        (image, pairs) ->
            assertThat(pairs.equals(pieces.get(image)))
                .as("whether image %d has the same pairs in pieces of %d", image, PIECE)
                .isTrue());
  }

  private List<Pairs> pairs(TinyPairImages images) {
    List<Pairs> made = recipe().pairs(images, new TestRun(SEED));
    int targetSize = made.get(0).targets().rowSize();
    for (Pairs pairs : made) {
      assertThat(pairs.targets().rowSize()).as("numbers in a target").isEqualTo(targetSize);
      assertThatTensor(pairs.inputs()).isWithinPixelRange();
      assertThat(pairs.inputs().imageShape()).isEqualTo(shape());
      if (recipe().classifies()) {
        assertThat(pairs.targets().rowSize()).as("numbers in a target").isEqualTo(1);
      }
    }
    return made;
  }

  private TrainedModel train(TrainingTask task, TestRun run) {
    TestBatchTransform transform =
        new TestBatchTransform(
            SEED, recipe().batchAttacks(), task.training().size() + task.validation().size());
    TrainedModel trained = trainer.train(parameters(), task, transform, run);
    ContractRule.T9.check(met(), () -> assertThat(transform.misuse()).isEmpty());
    return trained;
  }

  private int classes() {
    return recipe().classifies() ? TinyPairImages.CLASSES : 0;
  }

  private Recipe recipe() {
    return trainer.recipe(parameters(), choices());
  }

  private TinyExamples examples() {
    return new TinyExamples(shape(), recipe(), new TestRun(SEED));
  }

  private TrainingTask task(String part, boolean resume) throws IOException {
    TinyExamples examples = examples();
    return new TrainingTask(
        "tiny",
        SEED,
        examples.training(),
        examples.validation(),
        classes(),
        examples.attacked(),
        choices(),
        THREADS,
        Files.createDirectories(folder.resolve(part).resolve("checkpoints")),
        resume,
        Files.createDirectories(folder.resolve(part).resolve("model")));
  }

  /** Says what the trainer meets, for messages. */
  private String met() {
    return "%d images of %s and %s, with seed %d"
        .formatted(TinyExamples.TRAINING, shape(), parameters(), SEED);
  }
}
