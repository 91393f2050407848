package io.hone.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.run.Run;
import io.hone.api.run.RunCancelledException;
import io.hone.api.train.ComponentUse;
import io.hone.api.train.Recipe;
import io.hone.engine.EngineComponents;
import io.hone.engine.EngineComponents.Linear;
import io.hone.engine.context.Cancellation;
import io.hone.engine.context.RunServices;
import io.hone.engine.context.Silence;
import io.hone.engine.failure.ComponentFailureException;
import io.hone.engine.model.ModelLibrary;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.scenario.ScenarioPlaces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchAttacksTest {
  private static final ImageShape SHAPE = new ImageShape(1, 3, 4);
  private static final ComponentUse JITTER = ComponentUse.attack("jitter", Map.of("size", 0.5));
  private static final ComponentUse IDLE = ComponentUse.attack("idle", Map.of());

  @TempDir Path folder;

  private final Cancellation cancellation = new Cancellation();
  private final ComponentRegistry registry = new ComponentRegistry(components());
  private final ModelLibrary models = new ModelLibrary(registry);
  private RunServices services;

  private static List<InstalledComponent<?>> components() {
    List<InstalledComponent<?>> components = new ArrayList<>(EngineComponents.all());
    components.add(EngineComponents.installed(ComponentKind.ATTACK, new Jitter()));
    return components;
  }

  @BeforeEach
  void open() {
    services =
        new RunServices(
            3,
            1,
            folder,
            folder,
            models,
            Silence.INSTANCE,
            cancellation,
            new SimpleMeterRegistry());
  }

  @AfterEach
  void close() {
    services.close();
    models.close();
  }

  private BatchAttacks attacks(ComponentUse... uses) {
    TrainingRecipe recipe =
        TrainingRecipe.of(
            EngineComponents.installed(ComponentKind.TRAINER, new Learner()).descriptor(),
            Recipe.labels(uses));
    RecipeComponents components =
        new RecipeComponents(recipe, registry, ScenarioPlaces.NONE, Optional.empty());
    return BatchAttacks.prepare(recipe, components, ScenarioPlaces.NONE, services, SHAPE, 3);
  }

  private Classifier network(boolean gradients) {
    Linear backend = new Linear();
    Run run = services.forTask("network");
    return backend.openClassifier(
        new Linear.Params(false, gradients, 0),
        backend.describe(folder.resolve("linear.model")).orElseThrow(),
        run);
  }

  private static ImageBatch images() {
    Tensor grey = Tensor.images(50, SHAPE);
    for (int row = 0; row < grey.rows(); row++) {
      for (int feature = 0; feature < grey.rowSize(); feature++) {
        grey.set(row, feature, 0.5f);
      }
    }
    return new ImageBatch(grey, LongStream.range(1000, 1050).toArray());
  }

  @Test
  void imagesAreChangedInACopy() {
    ImageBatch images = images();

    Tensor attacked = attacks(JITTER).attacked(JITTER, 0, images, new int[50], network(true));

    assertThat(images.pixels().row(7)).containsOnly(0.5f);
    assertThat(attacked.row(7)).doesNotContain(0.5f);
  }

  @Test
  void anAttackThatAsksNothingNeedsNoNetwork() {
    Tensor attacked = attacks(IDLE).attacked(IDLE, 0, images());

    assertThat(attacked.row(3)).containsOnly(0.5f);
  }

  @Test
  void noImagesAreAnEmptyBatch() {
    ImageBatch none = new ImageBatch(Tensor.images(0, SHAPE), new long[0]);

    assertThat(attacks(JITTER).attacked(JITTER, 0, none, new int[0], network(true)).rows())
        .isZero();
  }

  @Test
  void randomNumbersAreKeyedByEpochAndExample() {
    BatchAttacks attacks = attacks();

    long drawn = attacks.random(2, 7).nextLong();

    assertThat(attacks.random(2, 7).nextLong()).isEqualTo(drawn);
    assertThat(attacks.random(3, 7).nextLong()).isNotEqualTo(drawn);
    assertThat(attacks.random(2, 8).nextLong()).isNotEqualTo(drawn);
  }

  @Test
  void twoUsesOfOneAttackDrawDifferentNumbers() {
    ComponentUse stronger = ComponentUse.attack("jitter", Map.of("size", 0.25));
    BatchAttacks attacks = attacks(JITTER, stronger);

    float first = attacks.attacked(JITTER, 0, images(), new int[50], network(true)).get(0, 0);
    float second = attacks.attacked(stronger, 0, images(), new int[50], network(true)).get(0, 0);

    assertThat(1 - second / 0.5f)
        .as("with the same numbers half")
        .isNotEqualTo((1 - first / 0.5f) / 2);
  }

  @Test
  void onlyAttacksThatTheRecipeNamesAreRun() {
    assertDefect(
        () -> attacks(IDLE).attacked(JITTER, 0, images(), new int[50], network(true)),
        "asks for the attack jitter with {size=0.5}, which its recipe does not name");
  }

  @Test
  void aNetworkOffersWhatTheAttackNeeds() {
    assertDefect(
        () -> attacks(JITTER).attacked(JITTER, 0, images(), new int[50], network(false)),
        "lets the attack jitter work on a network that offers scores, but it needs gradients");
    assertDefect(
        () -> attacks(JITTER).attacked(JITTER, 0, images()),
        "asks for the attack jitter without a network, but the attack asks one");
  }

  @ParameterizedTest
  @CsvSource({
    "outside, attack faulty wrote 1.5 into feature 0 of example 1040",
    "nan, attack faulty wrote NaN into feature 0 of example 1040",
    "throw, attack faulty of the trainer learner of test 1.0 failed in epoch 3",
    "access, attack faulty declares access LABELS but asks for SCORES"
  })
  void whatAnAttackBreaksIsTold(String fault, String message) {
    ComponentUse faulty = ComponentUse.attack("faulty", Map.of("fault", fault));

    assertThatThrownBy(
            () -> attacks(faulty).attacked(faulty, 2, images(), new int[50], network(true)))
        .isInstanceOf(ComponentFailureException.class)
        .hasMessageContaining(message);
  }

  @Test
  void anAttackThatAsksWithoutANetworkIsTold() {
    ComponentUse asking = ComponentUse.attack("faulty", Map.of("fault", "endless"));

    assertDefect(
        () -> attacks(asking).attacked(asking, 0, images()),
        "asks for the attack faulty without a network");
  }

  @Test
  void aCancelledTrainingAttacksNoMore() {
    BatchAttacks attacks = attacks(IDLE);
    cancellation.cancel();

    assertThatThrownBy(() -> attacks.attacked(IDLE, 0, images()))
        .isInstanceOf(RunCancelledException.class);
  }

  private static void assertDefect(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(ComponentFailureException.class)
        .hasMessageContaining("the trainer learner of test 1.0 " + message);
  }
}
