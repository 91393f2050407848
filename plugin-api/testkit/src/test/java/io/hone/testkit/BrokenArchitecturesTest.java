package io.hone.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.Named;
import io.hone.api.model.Task;
import io.hone.network.Activation;
import io.hone.network.Architecture;
import io.hone.network.GlobalPooling;
import io.hone.network.Layer;
import io.hone.network.LeakyRelu;
import io.hone.network.Padding;
import io.hone.network.Value;
import org.junit.jupiter.api.Test;

/** The contract test of architectures takes an honest one, and refuses one that breaks a rule. */
class BrokenArchitecturesTest {
  /** No parameters. */
  public record None() {}

  private enum Fault {
    NONE,
    UNSTEADY,
    ONE_LOGIT_MORE,
    IMAGE,
    OTHER_SIZE,
    ROW,
    UNREAD,
    OWN_ERROR,
    NOTHING_TO_LEARN
  }

  /** Builds a network that has a fault. */
  @Named(id = "faulty", summary = "Builds a network that has a fault.")
  public static final class Faulty implements Architecture<None> {
    private final Task task;
    private final Fault fault;
    private int asked;

    private Faulty(Task task, Fault fault) {
      this.task = task;
      this.fault = fault;
    }

    @Override
    public Task task() {
      return task;
    }

    @Override
    public Value build(None parameters, Value image, int classes) {
      asked++;
      return task == Task.CLASSIFIER ? classifier(image, classes) : autoencoder(image);
    }

    private Value classifier(Value image, int classes) {
      return switch (fault) {
        case UNSTEADY -> logits(image.then(convolution(asked)), classes);
        case ONE_LOGIT_MORE -> logits(image, classes + 1);
        case IMAGE -> image.then(convolution(classes));
        case UNREAD -> {
          image.then(convolution(2));
          yield logits(image, classes);
        }
        case OWN_ERROR -> logits(image.then(new LeakyRelu(image.shape().width())), classes);
        case NOTHING_TO_LEARN -> image.then(new Layer.Flatten());
        default -> logits(image, classes);
      };
    }

    private Value autoencoder(Value image) {
      int channels = image.shape().channels();
      return switch (fault) {
        case OTHER_SIZE -> image.then(convolution(channels)).then(new Layer.UpSampling(2));
        case ROW -> image.then(convolution(channels)).then(new Layer.Flatten());
        case NOTHING_TO_LEARN -> image.then(new LeakyRelu(0.1f));
        default -> image.then(convolution(channels));
      };
    }

    private static Value logits(Value value, int classes) {
      return value.then(GlobalPooling.average()).then(new Layer.Dense(classes, Activation.NONE));
    }

    private static Layer convolution(int filters) {
      return new Layer.Convolution(filters, 3, 1, Padding.SAME, Activation.NONE);
    }
  }

  private static ArchitectureContractTest<None> contract(Task task, Fault fault) {
    return new ArchitectureContractTest<>(new Faulty(task, fault)) {
      @Override
      protected None parameters() {
        return new None();
      }
    };
  }

  @Test
  void takesHonestArchitectures() {
    for (Task task : Task.values()) {
      ArchitectureContractTest<None> contract = contract(task, Fault.NONE);
      assertThatCode(contract::givesTheSameLayersAgain).doesNotThrowAnyException();
      assertThatCode(contract::returnsWhatItsTaskSays).doesNotThrowAnyException();
      assertThatCode(contract::takesOrRefusesImagesOfAnyShape).doesNotThrowAnyException();
      assertThatCode(contract::hasSomethingToLearn).doesNotThrowAnyException();
    }
  }

  @Test
  void refusesLayersThatChange() {
    assertThatThrownBy(contract(Task.CLASSIFIER, Fault.UNSTEADY)::givesTheSameLayersAgain)
        .hasMessageContainingAll("rule N1 is broken", "images of 1x28x28, 2 classes");
  }

  @Test
  void refusesAnOutputThatTheTaskDoesNotSay() {
    assertBroken(Task.CLASSIFIER, Fault.ONE_LOGIT_MORE, "logits");
    assertBroken(Task.CLASSIFIER, Fault.IMAGE, "whether it returns a row of numbers");
    assertBroken(Task.IMAGE_TO_IMAGE, Fault.OTHER_SIZE, "1x56x56");
    assertBroken(Task.IMAGE_TO_IMAGE, Fault.ROW, "whether it returns a row of numbers");
  }

  @Test
  void refusesALayerThatNobodyReadsAndErrorsOfItsOwn() {
    assertBroken(Task.CLASSIFIER, Fault.UNREAD, "does not reach the output");
    assertBroken(Task.CLASSIFIER, Fault.OWN_ERROR, "a slope is at least 0 and below 1");
    assertThatThrownBy(contract(Task.CLASSIFIER, Fault.OWN_ERROR)::takesOrRefusesImagesOfAnyShape)
        .hasMessageContaining("rule N2 is broken");
  }

  private static void assertBroken(Task task, Fault fault, String found) {
    assertThatThrownBy(contract(task, fault)::returnsWhatItsTaskSays)
        .hasMessageContainingAll("rule N2 is broken", found);
  }

  @Test
  void refusesANetworkWithoutWeights() {
    for (Task task : Task.values()) {
      assertThatThrownBy(contract(task, Fault.NOTHING_TO_LEARN)::hasSomethingToLearn)
          .hasMessageContainingAll("rule N3 is broken", "weights that are learned");
    }
  }
}
