package io.hone.testkit;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hone.api.Defense;
import io.hone.api.RecoveringClassifier;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.stability.Stability;
import io.hone.testkit.model.ConstantClassifier;
import io.hone.testkit.model.ExactClassifier;
import io.hone.testkit.model.NanClassifier;
import io.hone.testkit.model.ScaledClassifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link Defense} promises, run on tiny images before tiny models, some of them hostile.
 *
 * <p>A defense that needs images of another shape, models of its own or another shape behind it
 * overrides {@link #shape}, {@link #run} or {@link #classifiedShape}.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public abstract class DefenseContractTest<P extends Record> extends ComponentContractTest<P> {
  private static final int SAMPLES = 70;
  private static final long SEED = 11;

  private final Defense<P> defense;

  /** Creates the test of a defense. */
  protected DefenseContractTest(Defense<P> defense) {
    super(defense, Defense.class);
    this.defense = defense;
  }

  /** Returns the shape of the images the defense is tried on. */
  protected ImageShape shape() {
    return new ImageShape(2, 6, 5);
  }

  /** Returns a run for the defense, with the models and folders that it asks for. */
  protected TestRun run(long seed) {
    return new TestRun(seed);
  }

  /** Returns the shape that the images have when the defense hands them to the classifier. */
  protected ImageShape classifiedShape() {
    return shape();
  }

  @Test
  void classifiesAsManyClassesAsTheBase() {
    ContractRule.D1.check(
        met(),
        () -> {
          Classifier defended = defended(base(), run(SEED));
          assertThat(defended.classes()).isEqualTo(base().classes());
          assertThat(defended.accepts(shape())).isTrue();
          Tensor logits = defended.logits(images());
          assertThat(logits.shape()).containsExactly(SAMPLES, base().classes());
          for (float logit : logits.row(SAMPLES - 1)) {
            assertThat(logit).isFinite();
          }
        });
  }

  @Test
  void predictsTheLargestLogit() {
    ContractRule.D2.check(
        met(),
        () -> {
          Classifier defended = defended(base(), run(SEED));
          Tensor logits = defended.logits(images());
          assertThat(defended.predict(images()))
              .isEqualTo(IntStream.range(0, SAMPLES).map(logits::argmax).toArray());
        });
  }

  @Test
  void neverWritesToTheImages() {
    ContractRule.D3.check(
        met(),
        () -> {
          ImageBatch images = images();
          Tensor before = images.pixels().copy();
          Classifier defended = defended(base(), run(SEED));
          defended.logits(images);
          recovered(defended, images);
          assertThatTensor(images.pixels()).isSameAs(before);
        });
  }

  @ParameterizedTest(name = "batches of {0}")
  @ValueSource(ints = {1, 7, 64})
  void givesTheSameInBatchesOfAnySize(int size) {
    ContractRule.D4.check(
        met() + ", in batches of " + size,
        () -> {
          Classifier defended = defended(base(), run(SEED));
          Tensor logits = defended.logits(images());
          Tensor recovered = recovered(defended, images());
          for (int from = 0; from < SAMPLES; from += size) {
            int[] rows = IntStream.range(from, Math.min(SAMPLES, from + size)).toArray();
            ImageBatch part = images().select(rows);
            assertThatTensor(defended.logits(part)).isSameAs(logits.select(rows));
            assertThatTensor(recovered(defended, part)).isSameAs(recovered.select(rows));
          }
        });
  }

  @Test
  void givesTheSameInAnyOrderAndOnTwoThreads() {
    ContractRule.D5.check(
        met(),
        () -> {
          Classifier defended = defended(base(), run(SEED));
          Tensor logits = defended.logits(images());
          int[] odd = IntStream.range(0, SAMPLES).filter(row -> row % 2 == 1).toArray();
          int[] evenBackwards =
              IntStream.iterate(SAMPLES - 2, row -> row >= 0, row -> row - 2).toArray();
          List<Tensor> parts =
              Stream.of(odd, evenBackwards)
                  .parallel()
                  .map(rows -> defended.logits(images().select(rows)))
                  .toList();
          assertThatTensor(parts.get(0)).isSameAs(logits.select(odd));
          assertThatTensor(parts.get(1)).isSameAs(logits.select(evenBackwards));
        });
  }

  @Test
  void followsTheSeed() {
    ContractRule.D6.check(
        met(),
        () -> {
          TestRun run = run(SEED);
          Tensor first = defended(base(), run).logits(images());
          assertThatTensor(defended(base(), run(SEED)).logits(images())).isSameAs(first);
          if (run.randomUsed()) {
            assertThat(defended(base(), run(SEED + 1)).logits(images()).buffer())
                .as("random, but the same for another seed")
                .isNotEqualTo(first.buffer());
          }
        });
  }

  @Test
  void recoversImagesOfTheSameShapeAndSamples() {
    ContractRule.D7.check(
        met(),
        () -> {
          RecoveringClassifier defended = recovering(defended(base(), run(SEED)));
          ImageBatch recovered = defended.recover(images());
          assertThat(recovered.samples()).isEqualTo(images().samples());
          assertThat(recovered.pixels().shape()).isEqualTo(images().pixels().shape());
          assertThatTensor(recovered.pixels()).isWithinPixelRange();
        });
  }

  @Test
  void recoversWithTheDefenseBehindIt() {
    ContractRule.D8.check(
        met() + ", before a base that recovers black images",
        () -> {
          RecoveringClassifier defended = recovering(defended(new Blank(base()), run(SEED)));
          for (float value : defended.recover(images()).pixels().row(0)) {
            assertThat(value).as("what the last defense recovers is recovered").isZero();
          }
        });
  }

  @Test
  void takesABatchWithoutRows() {
    ContractRule.D9.check(
        met(),
        () -> {
          Classifier defended = defended(base(), run(SEED));
          assertThat(defended.logits(images().select()).rows()).isZero();
          assertThat(recovered(defended, images().select()).rows()).isZero();
        });
  }

  @Test
  void letsNanThrough() {
    ContractRule.D10.check(
        met() + ", before a base that answers with NaN",
        () -> {
          Classifier broken = new NanClassifier(base(), image -> true);
          assertThat(defended(broken, run(SEED)).predict(images())).containsOnly(-1);
        });
  }

  @Test
  void survivesHostileModels() {
    ContractRule.D10.check(
        met() + ", before a base of constant and one of infinite logits",
        () -> {
          int[] expected = new int[SAMPLES];
          Arrays.fill(expected, 1);
          Classifier constant = new ConstantClassifier(classifiedShape(), 0, 1, 0, 0);
          assertThat(defended(constant, run(SEED)).predict(images())).isEqualTo(expected);
          Classifier huge = ScaledClassifier.overflowing(base());
          assertThat(defended(huge, run(SEED)).logits(images()).rows()).isEqualTo(SAMPLES);
        });
  }

  /** Says what the defense meets, for messages. */
  private String met() {
    return "%d images of %s, before a small network of %s images, with seed %d"
        .formatted(SAMPLES, shape(), classifiedShape(), SEED);
  }

  private ExactClassifier base() {
    return new TinySamples(classifiedShape(), 1).classifier();
  }

  private ImageBatch images() {
    return new TinySamples(shape(), SAMPLES).clean(false).images();
  }

  private Classifier defended(Classifier base, Run run) {
    P parameters = parameters();
    defense.prepare(parameters, new Setting(shape(), base.classes(), SAMPLES, false), run);
    return defense.protect(parameters, base, run);
  }

  private static RecoveringClassifier recovering(Classifier defended) {
    assumeTrue(defended instanceof RecoveringClassifier, "the defense makes no images");
    return (RecoveringClassifier) defended;
  }

  /** Returns the recovered images; the given ones where the defense makes none. */
  private static Tensor recovered(Classifier defended, ImageBatch images) {
    return defended instanceof RecoveringClassifier recovering
        ? recovering.recover(images).pixels()
        : images.pixels();
  }

  /** A defense that recovers black images. */
  private record Blank(Classifier base) implements RecoveringClassifier {
    @Override
    public int classes() {
      return base.classes();
    }

    @Override
    public boolean accepts(ImageShape shape) {
      return base.accepts(shape);
    }

    @Override
    public Tensor logits(ImageBatch images) {
      return base.logits(recover(images));
    }

    @Override
    public ImageBatch recover(ImageBatch images) {
      return images.with(Tensor.images(images.size(), images.pixels().imageShape()));
    }
  }
}
