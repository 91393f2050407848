package io.hone.bench;

import io.hone.api.DatasetRequest;
import io.hone.api.data.Batch;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.EightBit;
import io.hone.api.geometry.Norm;
import io.hone.api.model.Classifier;
import io.hone.api.run.Run;
import io.hone.api.victim.Access;
import io.hone.engine.context.Cancellation;
import io.hone.engine.step.CountingVictim;
import io.hone.plugins.datasets.mnist.Mnist;
import io.hone.plugins.datasets.mnist.Split;
import io.hone.plugins.gradient.FastGradientSign;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Successful adversarial examples of the paper's attack: FGSM at 0.3, nines taken for fours. The
 * test set has 744 of them against the model that Hone ships; more are had by starting over.
 *
 * @param clean the images that were attacked
 * @param adversarial what they became
 */
record Examples(Batch clean, Tensor adversarial) {
  private static final int NINE = 9;
  private static final int FOUR = 4;
  private static final float EPSILON = 0.3f;

  /** Makes so many examples. */
  static Examples make(int count, Classifier model, Run run) {
    Mnist.Params testNines =
        new Mnist.Params(Split.TEST, List.of(NINE), Optional.empty(), List.of());
    try (Dataset nines = new Mnist().open(testNines, DatasetRequest.open(), run)) {
      int size = Math.toIntExact(nines.size());
      Tensor pixels = Tensor.images(size, nines.shape());
      nines.read(0, pixels, new int[size]);
      Batch clean = batch(pixels);
      Tensor adversarial = pixels.copy();
      CountingVictim victim =
          new CountingVictim(
              model, Access.GRADIENTS, "fgsm", clean, OptionalLong.empty(), new Cancellation());
      new FastGradientSign()
          .attack(new FastGradientSign.Params(EPSILON, Norm.LINF), victim, clean, adversarial, run);
      int[] before = model.predict(clean.images());
      int[] after = model.predict(clean.images().with(adversarial));
      int[] successes =
          IntStream.range(0, size)
              .filter(row -> before[row] == NINE && after[row] == FOUR)
              .toArray();
      int[] chosen = new int[count];
      Arrays.setAll(chosen, row -> successes[row % successes.length]);
      return new Examples(batch(pixels.select(chosen)), adversarial.select(chosen));
    }
  }

  private static Batch batch(Tensor pixels) {
    int size = pixels.rows();
    int[] labels = new int[size];
    int[] targets = new int[size];
    Arrays.fill(labels, NINE);
    Arrays.fill(targets, FOUR);
    long[] samples = LongStream.range(0, size).toArray();
    return new Batch(new ImageBatch(pixels, samples), labels, targets);
  }

  /** Returns how many features differ on the 8-bit grid, over all examples. */
  long differing() {
    return IntStream.range(0, clean.size())
        .mapToLong(row -> EightBit.differing(clean.pixels().row(row), adversarial.row(row)))
        .sum();
  }

  /** Returns copies of consecutive parts, as the engine hands them to threads. */
  List<Examples> parts(int size) {
    List<Examples> parts = new ArrayList<>();
    for (int from = 0; from < clean.size(); from += size) {
      int to = Math.min(clean.size(), from + size);
      int[] rows = IntStream.range(from, to).toArray();
      parts.add(new Examples(clean.select(rows), adversarial.select(rows)));
    }
    return parts;
  }
}
