package io.hone.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hone.api.Named;
import io.hone.api.run.Run;
import io.hone.api.train.BatchTransform;
import io.hone.api.train.Recipe;
import io.hone.api.train.StartingModel;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.Trainer;
import io.hone.api.train.TrainingChoices;
import io.hone.api.train.TrainingOption;
import io.hone.api.train.TrainingTask;
import io.hone.host.component.ComponentDescriptors;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.scenario.ScenarioOptions;
import io.hone.scenario.TrainerChoice;
import io.hone.scenario.TrainingScenario;
import io.hone.scenario.binding.SampleComponents;
import io.hone.scenario.diagnostics.ScenarioException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a training scenario says beside a trainer and its parameters. */
public class TrainerChoiceTest {
  private static final String HARDEN =
      """
      hone: 1
      name: harden
      train:
        use: hardener
        engine: onnxruntime
        shards: 4
        model: {card: models/lenet5, weights: fresh}
        only: [last, "conv*"]
        attack: {use: fgsm, with: {epsilon: 8/255}}
      data: {dataset: {use: mnist, with: {split: train}}}
      out: models/hardened
      """;

  private static final String USUAL =
      """
      hone: 1
      name: usual
      train: %s
      data: {dataset: {use: mnist, with: {split: train}}}
      out: models/usual
      """;

  @TempDir Path temporary;
  private ScenarioFolder folder;

  @BeforeEach
  void prepare() {
    folder = new ScenarioFolder(temporary);
  }

  @Test
  void readsWhatIsSaidBesideTheTrainer() {
    TrainingScenario scenario = folder.readTraining(HARDEN.replace("8/255", "0.25"));
    TrainerChoice train = scenario.train();

    assertThat(train.trainer().descriptor().id()).isEqualTo("hardener");
    assertThat(train.engine()).contains("onnxruntime");
    assertThat(train.device()).isEmpty();
    assertThat(train.shards()).hasValue(4);
    TrainerChoice.Start start = train.model().orElseThrow();
    assertThat(start.card().path()).isEqualTo(temporary.resolve("models/lenet5"));
    assertThat(start.weights()).isEqualTo(StartingModel.Weights.FRESH);
    assertThat(start.only()).containsExactly("last", "conv*");
    assertThat(train.attack().orElseThrow().parameters())
        .isEqualTo(new SampleComponents.Fgsm.Params(0.25f, SampleComponents.Fgsm.Norm.LINF));
  }

  @Test
  void readsTheDevice() {
    TrainingScenario scenario =
        folder.readTraining(USUAL.formatted("{use: hardener, device: 'cuda:1'}"));

    assertThat(scenario.train().device()).contains("cuda:1");
    assertThat(scenario.effective())
        .containsEntry("train", Map.of("use", "hardener", "with", Map.of(), "device", "cuda:1"));
  }

  @Test
  void theEffectiveConfigurationHoldsWhatIsSaidWithItsDefaults() {
    TrainingScenario scenario =
        folder.readTraining(HARDEN.replace(", weights: fresh", "").replace("8/255", "0.25"));

    assertThat(scenario.effective().get("train"))
        .isEqualTo(
            Map.of(
                "use", "hardener",
                "with", Map.of(),
                "engine", "onnxruntime",
                "shards", 4,
                "model", Map.of("card", "models/lenet5", "weights", "kept"),
                "only", List.of("last", "conv*"),
                "attack", Map.of("use", "fgsm", "with", Map.of("epsilon", 0.25, "norm", "linf"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hardener", "{use: hardener}"})
  void aTrainerAloneSaysNothingMore(String train) {
    TrainingScenario scenario = folder.readTraining(USUAL.formatted(train));

    assertThat(scenario.train())
        .isEqualTo(
            new TrainerChoice(
                scenario.trainer(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(scenario.effective())
        .containsEntry("train", Map.of("use", "hardener", "with", Map.of()));
  }

  @Test
  void oneNameNeedsNoList() {
    TrainingScenario scenario =
        folder.readTraining(HARDEN.replace("only: [last, \"conv*\"]", "only: last"));

    assertThat(scenario.train().model().orElseThrow().only()).containsExactly("last");
  }

  @Test
  void optionsOfTheCommandLineReachEveryKey() {
    TrainingScenario scenario =
        folder.readTraining(
            USUAL.formatted("{use: hardener}"),
            "train.shards=2",
            "train.model.card=models/lenet5",
            "train.attack.use=fgsm",
            "train.attack.with.epsilon=0.5");

    assertThat(scenario.train().shards()).hasValue(2);
    assertThat(scenario.train().model()).isPresent();
    assertThat(scenario.train().attack().orElseThrow().effective()).containsEntry("epsilon", 0.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shards: 4 | shards: 0 | 6:11: 'shards' must be a whole number from 1 to 1024, not 0",
        "shards: 4 | shards: 1.5 | 6:11: 'shards' must be a whole number",
        "engine: onnxruntime | engine: 3 | 5:11: 'engine' must be text, not 3",
        "weights: fresh | weights: frehs | 7:41: 'weights' must be one of kept, fresh, not the text 'frehs'",
        "weights: fresh | wieghts: fresh | 7:32: 'model' has no 'wieghts'",
        "card: models/lenet5, | '' | 7:10: 'model' needs 'card'",
        "models/lenet5 | models/lenet6 | 7:17: 'card': there is no models/lenet6",
        "model: {card: models/lenet5, weights: fresh} | model: models/lenet5 |"
            + " 7:10: expected a mapping for 'model'",
        "  model: {card: models/lenet5, weights: fresh} | '' |"
            + " 8:3: 'only' names weights of a model, but there is no 'model' here",
        "[last, \"conv*\"] | [last, 3] | 8:16: 'only' must be text, not 3",
        "[last, \"conv*\"] | [] | 8:9: 'only' must name at least one, not none",
        "use: fgsm | use: fgms | 9:17: there is no attack 'fgms'",
        "8/255 | 2 | 9:39: 'epsilon' must be",
        "use: hardener | use: hardner | 4:8: there is no trainer 'hardner'",
        "shards: 4 | shard: 4 | 6:3: 'shard' is not allowed beside 'use'; did you mean 'shards'?"
      })
  void tellsOneMistakeAtItsPlaceAndNothingElse(String from, String to, String expected) {
    assertThat(HARDEN).contains(from);
    ScenarioException thrown =
        catchThrowableOfType(
            ScenarioException.class, () -> folder.readTraining(HARDEN.replace(from, to)));

    assertThat(thrown.diagnostics()).hasSize(1);
    assertThat(thrown.diagnostics().get(0).format())
        .startsWith(temporary.resolve("scenarios/train/test.yaml") + ":" + expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "engine: x | 3:29 | engine",
        "attack: {use: nothing} | 3:29 | attack",
        "model: {card: models/lenet5} | 3:29 | model",
        "model: {card: missing} | 3:29 | model",
        "only: [last] | 3:29 | only"
      })
  void refusesWhatTheTrainerDoesNotTake(String key, String place, String name) {
    assertThatThrownBy(
            () -> folder.readTraining(USUAL.formatted("{use: shard-trainer, " + key + "}")))
        .isInstanceOfSatisfying(
            ScenarioException.class, thrown -> assertThat(thrown.diagnostics()).hasSize(1))
        .hasMessageContaining(
            "test.yaml:%s: the trainer shard-trainer takes no '%s'; remove it"
                .formatted(place, name))
        .hasMessageContaining("it takes beside use and with: shards");
  }

  @Test
  void refusesEveryKeyOfATrainerThatTakesNone() {
    assertThatThrownBy(
            () ->
                folder.readTraining(
                    USUAL.formatted("{use: redundancy-autoencoder, shards: 2, attack: fgsm}")))
        .isInstanceOfSatisfying(
            ScenarioException.class, thrown -> assertThat(thrown.diagnostics()).hasSize(2))
        .hasMessageContaining("the trainer redundancy-autoencoder takes no 'shards'; remove it")
        .hasMessageContaining("the trainer redundancy-autoencoder takes no 'attack'; remove it")
        .hasMessageContaining("it takes nothing beside use and with");
  }

  /** Its options are missing. */
  @Named(id = "silent", summary = "Does not say what it takes.")
  public static final class Silent implements Trainer<SampleComponents.None> {
    @Override
    public Recipe recipe(SampleComponents.None parameters, TrainingChoices choices) {
      return Recipe.labels();
    }

    @Override
    public Set<TrainingOption> options() {
      return null;
    }

    @Override
    public TrainedModel train(
        SampleComponents.None parameters, TrainingTask task, BatchTransform transform, Run run) {
      throw new UnsupportedOperationException("never trained");
    }
  }

  @Test
  void aTrainerThatDoesNotSayWhatItTakesIsToldByName() {
    List<InstalledComponent<?>> components = new ArrayList<>();
    SampleComponents.registry()
        .descriptors(ComponentKind.DATASET)
        .forEach(
            dataset ->
                components.add(
                    SampleComponents.registry()
                        .find(ComponentKind.DATASET, dataset.id())
                        .orElseThrow()));
    components.add(
        new InstalledComponent<>(
            ComponentDescriptors.read(Silent.class, ComponentKind.TRAINER, "quiet 1.0"),
            new Silent()));
    TrainingScenarioReader reader =
        new TrainingScenarioReader(
            new ComponentRegistry(components), SampleSteps.grammars(), temporary);
    Path file = folder.write("scenarios/train/test.yaml", USUAL.formatted("silent"));

    assertThatThrownBy(() -> reader.read(file, ScenarioOptions.none()))
        .hasMessageContaining("test.yaml:3:8: the trainer silent of quiet 1.0 does not say which")
        .hasMessageContaining("This is a defect of the trainer");
  }
}
