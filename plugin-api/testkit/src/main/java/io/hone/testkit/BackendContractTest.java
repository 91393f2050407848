package io.hone.testkit;

import static io.hone.testkit.BackendSamples.COUNT;
import static io.hone.testkit.BackendSamples.agreeing;
import static io.hone.testkit.BackendSamples.assertClose;
import static io.hone.testkit.BackendSamples.assertSameInParts;
import static io.hone.testkit.BackendSamples.batches;
import static io.hone.testkit.BackendSamples.classes;
import static io.hone.testkit.BackendSamples.doubles;
import static io.hone.testkit.BackendSamples.fill;
import static io.hone.testkit.BackendSamples.floats;
import static io.hone.testkit.BackendSamples.shape;
import static io.hone.testkit.BackendSamples.size;
import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import io.hone.api.stability.Stability;
import io.hone.testkit.model.LossOfLogits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/**
 * What every {@link ModelBackend} promises on a processor, run on small models that the test
 * provides; what concerns gradients is skipped where the classifier gives none.
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public abstract class BackendContractTest<P extends Record> extends ComponentContractTest<P> {

  @TempDir private Path folder;

  private final ModelBackend<P> backend;

  /** Creates the test of a backend. */
  protected BackendContractTest(ModelBackend<P> backend) {
    super(backend, ModelBackend.class);
    this.backend = backend;
  }

  /** Returns the card of a small classifier of images of one size. */
  protected abstract ModelCard classifier();

  /** Returns the card of a small image-to-image model. */
  protected Optional<ModelCard> imageToImage() {
    return Optional.empty();
  }

  @Test
  void acceptsItsOwnModelsAndDescribesNoOtherFile() {
    ContractRule.K1.check(
        met(),
        () -> {
          assertThat(backend.accepts(classifier())).isTrue();
          Path other = Files.writeString(folder.resolve("notes.txt"), "no model");
          assertThat(backend.describe(other)).isEmpty();
          assertThat(backend.device(parameters(), run())).isNotBlank();
        });
  }

  @Test
  void classifiesAsTheCardSays() {
    ContractRule.K2.check(
        met(),
        () -> {
          try (Classifier classifier = open()) {
            Tensor logits = classifier.logits(images());
            assertThat(classifier.classes()).isEqualTo(classifier().output().classes());
            assertThat(logits.shape()).containsExactly(COUNT, classifier.classes());
            assertThat(classifier.predict(images()))
                .isEqualTo(IntStream.range(0, COUNT).map(logits::argmax).toArray());
            assertThat(classifier.accepts(shape(classifier()))).isTrue();
            assertThat(classifier.logits(images().select()).shape())
                .containsExactly(0, classifier.classes());
          }
        });
  }

  @Test
  void refusesImagesOfAnotherSize() {
    ContractRule.K3.check(
        met(),
        () -> {
          ImageShape shape = shape(classifier());
          try (Classifier classifier = open()) {
            assertThat(
                    classifier.accepts(
                        new ImageShape(shape.channels(), shape.height() + 1, shape.width())))
                .isFalse();
            assertThat(
                    classifier.accepts(
                        new ImageShape(shape.channels() + 1, shape.height(), shape.width())))
                .isFalse();
          }
        });
  }

  @Test
  void neverWritesToTheImages() {
    ContractRule.K4.check(
        met(),
        () -> {
          ImageBatch images = images();
          Tensor before = images.pixels().copy();
          try (Classifier classifier = open()) {
            classifier.logits(images);
            if (classifier instanceof DifferentiableClassifier differentiable) {
              differentiable.lossGradient(images, Loss.crossEntropy(true), new int[COUNT]);
              differentiable.vjp(images, Tensor.zeros(COUNT, classifier.classes()));
            }
          }
          assertThatTensor(images.pixels()).isSameAs(before);
        });
  }

  @ParameterizedTest(name = "batches of {0}")
  @ValueSource(ints = {1, 7, 64})
  void givesTheSameInBatchesOfAnySize(int size) {
    ContractRule.K5.check(
        met() + ", in batches of " + size,
        () -> {
          try (Classifier classifier = open()) {
            ImageBatch images = images();
            assertSameInParts(batches(size), rows -> classifier.logits(images.select(rows)));
          }
        });
  }

  @Test
  void givesTheSameInAnyOrderAndOnTwoThreads() {
    ContractRule.K6.check(
        met(),
        () -> {
          int[] odd = IntStream.range(0, COUNT).filter(row -> row % 2 == 1).toArray();
          int[] evenBackwards =
              IntStream.iterate(COUNT - 2, row -> row >= 0, row -> row - 2).toArray();
          ImageBatch images = images();
          try (Classifier classifier = open()) {
            Tensor whole = classifier.logits(images);
            List<Tensor> parts =
                Stream.of(odd, evenBackwards)
                    .parallel()
                    .map(rows -> classifier.logits(images.select(rows)))
                    .toList();
            assertThatTensor(parts.get(0)).isSameAs(whole.select(odd));
            assertThatTensor(parts.get(1)).isSameAs(whole.select(evenBackwards));
          }
        });
  }

  @Test
  void keepsNanToItsOwnImage() {
    ContractRule.K7.check(
        met() + ", image 5 being NaN",
        () -> {
          ImageBatch images = images();
          for (int feature = 0; feature < images.pixels().rowSize(); feature++) {
            images.pixels().set(5, feature, Float.NaN);
          }
          try (Classifier classifier = open()) {
            int[] expected = classifier.predict(images());
            expected[5] = -1;
            assertThat(classifier.predict(images)).isEqualTo(expected);
          }
        });
  }

  /** Returns every loss, for both goals. */
  static Stream<Loss> losses() {
    return Stream.of(true, false)
        .flatMap(
            targeted ->
                Stream.of(
                    Loss.crossEntropy(targeted),
                    Loss.margin(targeted, 0),
                    Loss.margin(targeted, Float.POSITIVE_INFINITY),
                    Loss.dlr(targeted),
                    Loss.probabilityMargin(targeted)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void givesLossesAndTheirGradientsInBatchesOfAnySize(Loss loss) {
    ContractRule.K8.check(
        met() + ", with the loss " + loss,
        () -> {
          ImageBatch images = images();
          try (DifferentiableClassifier classifier = openDifferentiable()) {
            int[] classes = classes(classifier);
            LossGradient result = classifier.lossGradient(images, loss, classes);
            Tensor logits = classifier.logits(images);
            Tensor cotangents = Tensor.zeros(logits.shape());
            for (int row = 0; row < COUNT; row++) {
              LossOfLogits expected = LossOfLogits.of(loss, doubles(logits.row(row)), classes[row]);
              cotangents.setRow(row, floats(expected.gradient()));
              assertThat(result.losses()[row])
                  .isCloseTo((float) expected.loss(), within(1e-4f * (1 + size(logits, row))));
            }
            assertClose(result.logits(), logits, 1e-4f);
            assertClose(result.gradient(), classifier.vjp(images, cotangents), 1e-3f);
            assertSameInParts(
                batches(7),
                rows ->
                    classifier
                        .lossGradient(
                            images.select(rows),
                            loss,
                            Arrays.stream(rows).map(row -> classes[row]).toArray())
                        .gradient());
          }
        });
  }

  @Test
  void givesTheSameGradientsHoweverItWasSetUp() {
    ContractRule.K11.check(
        met(),
        () -> {
          ImageBatch images = images().rows(0, 3);
          Loss loss = Loss.crossEntropy(true);
          try (DifferentiableClassifier plain = openDifferentiable();
              DifferentiableClassifier ready = openDifferentiable()) {
            Tensor cotangents = Tensor.zeros(3, plain.classes());
            fill(cotangents, new SampleRandom(8), -1);
            for (int round = 0; round < 2; round++) {
              ready.setUpVjp();
              ready.setUp(loss);
              assertThatTensor(ready.lossGradient(images, loss, new int[3]).gradient())
                  .isSameAs(plain.lossGradient(images, loss, new int[3]).gradient());
              assertThatTensor(ready.vjp(images, cotangents))
                  .isSameAs(plain.vjp(images, cotangents));
            }
          }
        });
  }

  @Test
  void givesGradientsThatAgreeWithFiniteDifferences() {
    ContractRule.K9.check(
        met(),
        () -> {
          try (DifferentiableClassifier classifier = openDifferentiable()) {
            int checked = 3;
            ImageBatch images = images().rows(0, checked);
            Tensor cotangents = Tensor.zeros(checked, classifier.classes());
            fill(cotangents, new SampleRandom(8), -1);
            Tensor gradient = classifier.vjp(images, cotangents);
            assertThat(agreeing(classifier, images, cotangents, gradient))
                .as("share of features; float32 and kinks spoil a few")
                .isGreaterThan(0.95);
          }
        });
  }

  @Test
  void transformsImagesInBatchesOfAnySize() {
    assumeTrue(imageToImage().isPresent(), "no image-to-image model");
    ContractRule.K10.check(
        met(),
        () -> {
          ModelCard card = imageToImage().orElseThrow();
          Tensor images = BackendSamples.images(card).pixels();
          try (ImageTransformer transformer =
              backend.openImageTransformer(parameters(), card, run())) {
            assertThat(transformer.accepts(shape(card))).isTrue();
            assertThat(transformer.transform(images).shape()).isEqualTo(images.shape());
            assertThat(transformer.transform(images.select()).rows()).isZero();
            for (int size : new int[] {1, 7, 64}) {
              assertSameInParts(batches(size), rows -> transformer.transform(images.select(rows)));
            }
          }
        });
  }

  @Test
  void readsTheSameActivationsInBatchesOfAnySize() {
    ContractRule.K12.check(
        met(),
        () -> {
          try (Classifier classifier = open()) {
            List<NeuronLayer> layers = classifier.layers(shape(classifier()));
            assumeFalse(layers.isEmpty(), "no values inside can be read");
            assertThat(layers).extracting(NeuronLayer::name).doesNotHaveDuplicates();
            ImageBatch images = images();
            List<NeuronLayer> reversed = new ArrayList<>(layers);
            Collections.reverse(reversed);
            try (ActivationReader all = classifier.openActivations(layers);
                ActivationReader backwards = classifier.openActivations(reversed)) {
              List<Tensor> values = all.read(images);
              List<Tensor> others = backwards.read(images);
              for (int layer = 0; layer < layers.size(); layer++) {
                assertThat(values.get(layer).shape())
                    .as("shape of %s", layers.get(layer))
                    .containsExactly(COUNT, layers.get(layer).units());
                assertThatTensor(others.get(layers.size() - 1 - layer)).isSameAs(values.get(layer));
                int read = layer;
                for (int size : new int[] {1, 7}) {
                  assertSameInParts(batches(size), rows -> all.read(images.select(rows)).get(read));
                }
              }
              assertThat(all.read(images.select())).allMatch(empty -> empty.rows() == 0);
            }
          }
        });
  }

  /** Says what the backend meets, for messages. */
  private String met() {
    return "%d uniform random images of %s and the model %s"
        .formatted(COUNT, shape(classifier()), classifier().name());
  }

  private Classifier open() {
    return backend.openClassifier(parameters(), classifier(), run());
  }

  private DifferentiableClassifier openDifferentiable() {
    Classifier classifier = open();
    if (classifier instanceof DifferentiableClassifier differentiable) {
      return differentiable;
    }
    classifier.close();
    throw new TestAbortedException("the classifier gives no gradients");
  }

  private TestRun run() {
    return new TestRun(1, folder);
  }

  private ImageBatch images() {
    return BackendSamples.images(classifier());
  }
}
