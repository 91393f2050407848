package io.hone.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Sha256;
import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import io.hone.api.run.Run;
import io.hone.api.train.BatchTransform;
import io.hone.api.train.ComponentUse;
import io.hone.api.train.Ingredient;
import io.hone.api.train.PairImages;
import io.hone.api.train.Pairs;
import io.hone.api.train.Recipe;
import io.hone.api.train.RefusedChoiceException;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.Trainer;
import io.hone.api.train.TrainingChoices;
import io.hone.api.train.TrainingOption;
import io.hone.api.train.TrainingTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract test of trainers takes an honest one, and refuses one that breaks a rule. */
class BrokenTrainersTest {
  private static final int EPOCHS = 3;

  @TempDir static Path folder;

  private enum Fault {
    NONE,
    UNSTEADY,
    DEAF,
    FORGETFUL,
    CARELESS,
    WRONG_CARD,
    NO_PROBES,
    NO_NUMBER,
    WRITING,
    OTHER_IMAGES,
    OUT_OF_RANGE,
    NO_TARGET,
    OTHER_ATTACK,
    OTHER_NUMBERS,
    STUBBORN,
    ANY_ENGINE,
    ANY_DEVICE,
    PEACEFUL
  }

  private static final ComponentUse NOISE = ComponentUse.attack("noise", Map.of("sigma", 0.1));

  /** The clean image for itself, and what is wrong with it. */
  private record CleanPairs(Fault fault, Optional<ComponentUse> attack) implements Recipe {
    @Override
    public String key() {
      return "clean";
    }

    @Override
    public Set<Ingredient> needs() {
      return Set.of();
    }

    @Override
    public List<ComponentUse> batchAttacks() {
      return attack.isEmpty() || fault == Fault.PEACEFUL
          ? List.of(NOISE)
          : List.of(NOISE, attack.get());
    }

    @Override
    public List<Pairs> pairs(PairImages images, Run run) {
      Tensor clean = images.clean().pixels();
      Tensor targets = clean.copy();
      if (fault == Fault.NO_TARGET) {
        targets.set(0, 0, Float.NaN);
      }
      if (fault == Fault.OTHER_IMAGES) {
        targets.set(0, 0, clean.rows());
      }
      Tensor inputs = clean.copy();
      if (fault == Fault.OUT_OF_RANGE) {
        inputs.set(0, 0, 2);
      }
      int[] rows = IntStream.range(0, clean.rows()).toArray();
      return List.of(new Pairs(rows, inputs, targets));
    }
  }

  /** No parameters. */
  record None() {}

  /** Adds up the brightness of the images once an epoch, and calls that a model. */
  private static final class Adding implements Trainer<None> {
    private final Fault fault;
    private double drift;

    Adding(Fault fault) {
      this.fault = fault;
    }

    @Override
    public Recipe recipe(None parameters, TrainingChoices choices) {
      return new CleanPairs(fault, choices.attack());
    }

    @Override
    public Set<TrainingOption> options() {
      return EnumSet.of(TrainingOption.ENGINE, TrainingOption.SHARDS, TrainingOption.ATTACK);
    }

    @Override
    public void prepare(None parameters, TrainingChoices choices, ImageShape shape, int classes) {
      if (choices.shards().isPresent() && fault == Fault.STUBBORN) {
        throw new RefusedChoiceException("shards", "adding needs no shards; remove the key");
      }
      if (choices.engine().isPresent() && fault != Fault.ANY_ENGINE) {
        throw new RefusedChoiceException(
            "engine", "there is no engine " + choices.engine().get() + "; remove the key");
      }
      if (choices.device().isPresent() && fault != Fault.ANY_DEVICE) {
        throw new RefusedChoiceException(
            "device", "adding knows no device " + choices.device().get() + "; remove the key");
      }
      if (shape.height() < 4 && fault != Fault.CARELESS) {
        throw new BadInputException("images of " + shape + " are too small; take larger ones");
      }
    }

    @Override
    public TrainedModel train(
        None parameters, TrainingTask task, BatchTransform transform, Run run) {
      Path checkpoint = task.checkpoints().resolve("sum");
      Tensor images = task.training().inputs();
      try {
        double[] done = task.resume() ? read(checkpoint) : new double[2];
        for (int epoch = (int) done[0]; epoch < EPOCHS; epoch++) {
          if (fault != Fault.DEAF) {
            run.checkCancelled();
          }
          done[1] +=
              noisy(images, transform, epoch).get(0, 0) + (fault == Fault.UNSTEADY ? drift++ : 0);
          if (fault != Fault.FORGETFUL) {
            Files.writeString(checkpoint, (epoch + 1) + " " + done[1]);
          }
        }
        if (fault == Fault.WRITING) {
          images.set(0, 0, 0.5f);
        }
        return model(task, done[1]);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Tensor noisy(Tensor images, BatchTransform transform, int epoch) {
      long example = fault == Fault.OTHER_NUMBERS ? 1000 : epoch;
      ImageBatch batch = new ImageBatch(images.rows(epoch, epoch + 1), new long[] {example});
      return transform.attacked(
          fault == Fault.OTHER_ATTACK ? ComponentUse.attack("other", Map.of()) : NOISE,
          epoch,
          batch);
    }

    private static double[] read(Path checkpoint) throws IOException {
      String[] numbers = Files.readString(checkpoint).split(" ");
      return new double[] {Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1])};
    }

    private TrainedModel model(TrainingTask task, double sum) throws IOException {
      Path file = Files.writeString(task.output().resolve("model.sum"), "" + sum);
      ImageShape shape = task.training().inputs().imageShape();
      ModelCard card =
          new ModelCard(
              task.name(),
              file,
              fault == Fault.WRONG_CARD ? "0" : Sha256.of(file),
              Task.IMAGE_TO_IMAGE,
              new ModelCard.Input(
                  Optional.empty(),
                  ModelCard.Layout.NCHW,
                  shape.channels(),
                  Optional.of(shape.height()),
                  Optional.of(shape.width()),
                  ModelCard.Range.UNIT,
                  List.of(),
                  List.of()),
              new ModelCard.Output(Optional.empty(), ModelCard.OutputKind.IMAGE, 0, List.of()),
              Map.of());
      Tensor probes = task.validation().inputs().rows(0, fault == Fault.NO_PROBES ? 0 : 2);
      return new TrainedModel(
          card,
          Map.of("sum", fault == Fault.NO_NUMBER ? Double.NaN : sum),
          List.of(),
          List.of("sum"),
          probes,
          probes);
    }
  }

  private static TrainerContractTest<None> contract(Fault fault) {
    TrainerContractTest<None> contract =
        new TrainerContractTest<>(new Adding(fault)) {
          @Override
          protected None parameters() {
            return new None();
          }

          @Override
          protected Optional<ImageShape> unfit() {
            return Optional.of(new ImageShape(1, 3, 3));
          }
        };
    contract.useFolder(folder.resolve(fault.name()));
    return contract;
  }

  @Test
  void takesAnHonestTrainer() {
    TrainerContractTest<None> honest = contract(Fault.NONE);

    assertThatCode(honest::givesTheSameWeightsAgain).doesNotThrowAnyException();
    assertThatCode(honest::goesOnWhereItWasCancelled).doesNotThrowAnyException();
    assertThatCode(honest::refusesBeforehandWhatCannotWork).doesNotThrowAnyException();
    assertThatCode(honest::takesTheChoicesThatItsOptionsName).doesNotThrowAnyException();
    assertThatCode(honest::makesThePairsOfAnImageFromThatImageAlone).doesNotThrowAnyException();
    assertThatCode(honest::describesWhatItWroteAndLeavesItsExamplesAlone)
        .doesNotThrowAnyException();
  }

  @Test
  void refusesOtherWeightsFromTheSameTask() {
    assertRefused(ContractRule.T1, contract(Fault.UNSTEADY)::givesTheSameWeightsAgain);
  }

  @ParameterizedTest
  @EnumSource(names = {"DEAF", "FORGETFUL"})
  void refusesATrainerThatCannotBeCancelledOrResumed(Fault fault) {
    assertRefused(ContractRule.T2, contract(fault)::goesOnWhereItWasCancelled);
  }

  @Test
  void refusesATrainerThatTakesWhatCannotWork() {
    assertRefused(ContractRule.T3, contract(Fault.CARELESS)::refusesBeforehandWhatCannotWork);
  }

  @Test
  void refusesAModelThatIsNotAsItIsDescribed() {
    assertDescriptionRefused(ContractRule.T4, Fault.WRONG_CARD);
    assertDescriptionRefused(ContractRule.T5, Fault.NO_PROBES);
    assertDescriptionRefused(ContractRule.T6, Fault.NO_NUMBER);
    assertDescriptionRefused(ContractRule.T7, Fault.WRITING);
  }

  @ParameterizedTest
  @EnumSource(names = {"OTHER_IMAGES", "OUT_OF_RANGE", "NO_TARGET"})
  void refusesPairsThatAreNotSound(Fault fault) {
    assertRefused(ContractRule.T8, contract(fault)::makesThePairsOfAnImageFromThatImageAlone);
  }

  @ParameterizedTest
  @EnumSource(names = {"OTHER_ATTACK", "OTHER_NUMBERS"})
  void refusesATrainerThatAsksForWhatItsRecipeDoesNotName(Fault fault) {
    assertRefused(ContractRule.T9, contract(fault)::givesTheSameWeightsAgain);
  }

  @ParameterizedTest
  @EnumSource(names = {"STUBBORN", "ANY_ENGINE", "ANY_DEVICE", "PEACEFUL"})
  void refusesATrainerThatPromisesOptionsAndDoesNotTakeThem(Fault fault) {
    assertRefused(ContractRule.T10, contract(fault)::takesTheChoicesThatItsOptionsName);
  }

  private static void assertDescriptionRefused(ContractRule rule, Fault fault) {
    assertRefused(rule, contract(fault)::describesWhatItWroteAndLeavesItsExamplesAlone);
  }

  private static void assertRefused(ContractRule rule, ThrowingCallable test) {
    assertThatThrownBy(test)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("rule " + rule + " is broken: " + rule.sentence());
  }
}
