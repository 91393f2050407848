package io.hone.plugins.blackbox.square;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.DatasetRequest;
import io.hone.api.data.Batch;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.victim.Access;
import io.hone.onnxruntime.OnnxRuntimeBackend;
import io.hone.plugins.datasets.mnist.Mnist;
import io.hone.plugins.datasets.mnist.Split;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds the attack to the published codes on the shipped LeNet-5: the first 100 digits of the test
 * set, 300 queries. {@code framework/bench/src/peers/reference_square.py} tells their figures.
 */
class SquareAttackStrengthTest {
  private static final int DIGITS = 100;

  /**
   * With three seeds the authors' code breaks 35, 34 and 38 digits in Linf and 28, 26 and 21 in L2,
   * AutoAttack's breaks 19, 23 and 22 in L1. A model's last bits decide which change is kept, and
   * they differ between processors: so some digits fewer are allowed.
   */
  @ParameterizedTest
  @CsvSource({"LINF, 0.1, 30", "L2, 1.5, 20", "L1, 12, 17"})
  void breaksAboutAsManyDigitsAsThePublishedCodes(Norm norm, double epsilon, int atLeast) {
    TestRun run = new TestRun(1);
    try (DifferentiableClassifier lenet = lenet5(run)) {
      Batch clean = rightlyClassified(lenet, run);
      Tensor images = clean.pixels().copy();
      SquareParams parameters = SquareParams.few().norm(norm).epsilon(epsilon).queries(300);
      CountingVictim victim = new CountingVictim(lenet, Access.SCORES, run);
      new SquareAttack().attack(parameters.build(), victim, clean, images, run);
      int[] predicted = lenet.predict(clean.images().with(images));
      long broken =
          IntStream.range(0, clean.size())
              .filter(row -> clean.succeeds(row, predicted[row]))
              .count();
      assertThat(broken).isGreaterThanOrEqualTo(atLeast);
    }
  }

  private static DifferentiableClassifier lenet5(TestRun run) {
    Path file = Path.of("..", "..", "models", "mnist-lenet5", "model.onnx");
    OnnxRuntimeBackend backend = new OnnxRuntimeBackend();
    return (DifferentiableClassifier)
        backend.openClassifier(
            OnnxRuntimeBackend.Params.CPU, backend.describe(file).orElseThrow(), run);
  }

  private static Batch rightlyClassified(Classifier model, TestRun run) {
    Mnist.Params test = new Mnist.Params(Split.TEST, List.of(), Optional.empty(), List.of());
    try (Dataset digits = new Mnist().open(test, DatasetRequest.open(), run)) {
      Tensor pixels = Tensor.images(DIGITS, digits.shape());
      int[] labels = new int[DIGITS];
      digits.read(0, pixels, labels);
      int[] none = new int[DIGITS];
      Arrays.fill(none, Batch.NO_TARGET);
      long[] samples = IntStream.range(0, DIGITS).asLongStream().toArray();
      Batch all = new Batch(new ImageBatch(pixels, samples), labels, none);
      int[] predicted = model.predict(all.images());
      return all.select(
          IntStream.range(0, DIGITS).filter(row -> predicted[row] == labels[row]).toArray());
    }
  }
}
