package io.hone.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.ModelBackend;
import io.hone.api.activation.ActivationReader;
import io.hone.api.activation.NeuronLayer;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import io.hone.api.run.Run;
import io.hone.testkit.model.FeatureTransformer;
import io.hone.testkit.model.TwoLayerClassifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The backend's contract test passes exact models and refuses wrong ones. */
class BrokenBackendTest {
  private static final ImageShape SHAPE = new ImageShape(2, 5, 4);
  private static final int CLASSES = 3;
  private static final DifferentiableClassifier EXACT =
      TwoLayerClassifier.random(
          SHAPE, CLASSES, TwoLayerClassifier.Activation.TANH, new SampleRandom(4));

  /** No parameters. */
  record None() {}

  private record InMemory(Classifier classifier, ImageTransformer transformer)
      implements ModelBackend<None> {
    @Override
    public boolean accepts(ModelCard card) {
      return true;
    }

    @Override
    public Optional<ModelCard> describe(Path file) {
      return Optional.empty();
    }

    @Override
    public Classifier openClassifier(None parameters, ModelCard card, Run run) {
      return classifier;
    }

    @Override
    public ImageTransformer openImageTransformer(None parameters, ModelCard card, Run run) {
      return transformer;
    }

    @Override
    public String device(None parameters, Run run) {
      return "cpu";
    }
  }

  /** An exact classifier that a test makes wrong in one place. */
  private static class Wrapped implements DifferentiableClassifier {
    @Override
    public int classes() {
      return CLASSES;
    }

    @Override
    public boolean accepts(ImageShape shape) {
      return EXACT.accepts(shape);
    }

    @Override
    public Tensor logits(ImageBatch images) {
      return EXACT.logits(images);
    }

    @Override
    public LossGradient lossGradient(ImageBatch images, Loss loss, int[] classes) {
      return EXACT.lossGradient(images, loss, classes);
    }

    @Override
    public Tensor vjp(ImageBatch images, Tensor cotangent) {
      return EXACT.vjp(images, cotangent);
    }
  }

  private static BackendContractTest<None> contract(Classifier classifier) {
    ImageTransformer inverting = new FeatureTransformer(SHAPE, (feature, value) -> 1 - value);
    return new BackendContractTest<>(new InMemory(classifier, inverting)) {
      @Override
      protected None parameters() {
        return new None();
      }

      @Override
      protected ModelCard classifier() {
        return card(Task.CLASSIFIER);
      }

      @Override
      protected Optional<ModelCard> imageToImage() {
        return Optional.of(card(Task.IMAGE_TO_IMAGE));
      }
    };
  }

  private static ModelCard card(Task task) {
    ModelCard.Input input =
        new ModelCard.Input(
            Optional.empty(),
            ModelCard.Layout.NCHW,
            SHAPE.channels(),
            Optional.of(SHAPE.height()),
            Optional.of(SHAPE.width()),
            ModelCard.Range.UNIT,
            List.of(),
            List.of());
    ModelCard.Output output =
        new ModelCard.Output(Optional.empty(), ModelCard.OutputKind.LOGITS, CLASSES, List.of());
    return new ModelCard("exact", Path.of("exact"), "", task, input, output, Map.of());
  }

  static List<Loss> losses() {
    return BackendContractTest.losses().toList();
  }

  @Test
  void passesExactModels() {
    BackendContractTest<None> contract = contract(EXACT);
    assertThatCode(contract::classifiesAsTheCardSays).doesNotThrowAnyException();
    assertThatCode(contract::refusesImagesOfAnotherSize).doesNotThrowAnyException();
    assertThatCode(contract::neverWritesToTheImages).doesNotThrowAnyException();
    assertThatCode(contract::keepsNanToItsOwnImage).doesNotThrowAnyException();
    assertThatCode(() -> contract.givesTheSameInBatchesOfAnySize(7)).doesNotThrowAnyException();
    assertThatCode(contract::givesTheSameInAnyOrderAndOnTwoThreads).doesNotThrowAnyException();
    assertThatCode(contract::givesGradientsThatAgreeWithFiniteDifferences)
        .doesNotThrowAnyException();
    assertThatCode(contract::transformsImagesInBatchesOfAnySize).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void passesExactLosses(Loss loss) {
    assertThatCode(() -> contract(EXACT).givesLossesAndTheirGradientsInBatchesOfAnySize(loss))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesAGradientThatIsOff() {
    Wrapped steep =
        new Wrapped() {
          @Override
          public Tensor vjp(ImageBatch images, Tensor cotangent) {
            Tensor gradient = super.vjp(images, cotangent);
            for (int row = 0; row < gradient.rows(); row++) {
              for (int feature = 0; feature < gradient.rowSize(); feature++) {
                gradient.set(row, feature, 1.1f * gradient.get(row, feature));
              }
            }
            return gradient;
          }
        };
    assertThatThrownBy(contract(steep)::givesGradientsThatAgreeWithFiniteDifferences)
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(
            () ->
                contract(steep)
                    .givesLossesAndTheirGradientsInBatchesOfAnySize(Loss.crossEntropy(true)))
        .isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void refusesTheLossOfTheOtherGoal(Loss loss) {
    Wrapped confused =
        new Wrapped() {
          @Override
          public LossGradient lossGradient(ImageBatch images, Loss ignored, int[] classes) {
            return super.lossGradient(images, ofTheOtherGoal(loss), classes);
          }
        };
    assertThatThrownBy(
            () -> contract(confused).givesLossesAndTheirGradientsInBatchesOfAnySize(loss))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void refusesLogitsThatDependOnTheBatch() {
    Wrapped normalizing =
        new Wrapped() {
          @Override
          public Tensor logits(ImageBatch images) {
            Tensor logits = super.logits(images);
            for (int row = 0; row < logits.rows(); row++) {
              logits.set(row, 0, logits.get(row, 0) + images.size());
            }
            return logits;
          }
        };
    assertThatThrownBy(() -> contract(normalizing).givesTheSameInBatchesOfAnySize(64))
        .isInstanceOf(AssertionError.class);
  }

  /** A classifier whose channels of pixels are read as if they were neurons. */
  private static BackendContractTest<None> reading(
      UnaryOperator<Tensor> mistake, String... channels) {
    return contract(
        new Wrapped() {
          @Override
          public List<NeuronLayer> layers(ImageShape shape) {
            return Stream.of(channels)
                .map(
                    name ->
                        new NeuronLayer(
                            name,
                            "Relu",
                            1,
                            SHAPE.pixels(),
                            NeuronLayer.Order.CHANNELS_FIRST,
                            true))
                .toList();
          }

          @Override
          public ActivationReader openActivations(List<NeuronLayer> layers) {
            return images ->
                layers.stream()
                    .map(layer -> mistake.apply(pixels(images.pixels(), layer.name())))
                    .toList();
          }
        });
  }

  private static Tensor pixels(Tensor images, String channel) {
    int from = Integer.parseInt(channel) * SHAPE.pixels();
    Tensor values = Tensor.zeros(images.rows(), SHAPE.pixels());
    for (int row = 0; row < images.rows(); row++) {
      for (int pixel = 0; pixel < SHAPE.pixels(); pixel++) {
        values.set(row, pixel, images.get(row, from + pixel));
      }
    }
    return values;
  }

  @Test
  void refusesActivationsOfOneNameAndActivationsThatDependOnTheBatch() {
    assertThatCode(
            reading(UnaryOperator.identity(), "0", "1")::readsTheSameActivationsInBatchesOfAnySize)
        .doesNotThrowAnyException();
    assertThatThrownBy(
            reading(UnaryOperator.identity(), "1", "1")::readsTheSameActivationsInBatchesOfAnySize)
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(
            reading(BrokenBackendTest::plusRows, "0", "1")
                ::readsTheSameActivationsInBatchesOfAnySize)
        .isInstanceOf(AssertionError.class);
  }

  private static Tensor plusRows(Tensor values) {
    for (int row = 0; row < values.rows(); row++) {
      values.set(row, 0, values.get(row, 0) + values.rows());
    }
    return values;
  }

  private static Loss ofTheOtherGoal(Loss loss) {
    boolean targeted = !loss.targeted();
    if (loss instanceof Loss.Margin margin) {
      return Loss.margin(targeted, margin.confidence());
    }
    if (loss instanceof Loss.DifferenceOfLogitsRatio) {
      return Loss.dlr(targeted);
    }
    return loss instanceof Loss.ProbabilityMargin
        ? Loss.probabilityMargin(targeted)
        : Loss.crossEntropy(targeted);
  }
}
