package io.hone.engine.check;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.run.TrustFlag;
import io.hone.engine.results.CheckState;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether the logits are numbers that decide something, for the checked images and for as many
 * images of uniform noise: logits that are infinite, not numbers, or all equal decide nothing, and
 * those that are the same for every image depend on nothing.
 */
public final class SoundLogits implements ModelCheck {
  @Override
  public String id() {
    return "logits";
  }

  @Override
  public String measure() {
    return "share of images whose logits are infinite, not numbers, or all equal, or are the same for every image";
  }

  @Override
  public String threshold() {
    return "0";
  }

  @Override
  public Optional<String> flag() {
    return Optional.of(TrustFlag.DEGENERATE_LOGITS);
  }

  @Override
  public Finding look(CheckedModel model) {
    if (model.classes() < 2) {
      return Finding.of(
          CheckState.FAIL,
          1,
          "The model has one class only, so no image can ever be misclassified.",
          "Robustness means nothing for this model; take one with two classes at least.");
    }
    Tensor clean = model.samples().logits();
    Tensor noise = model.logits(noise(model));
    int broken = 0;
    int equal = 0;
    for (Tensor logits : new Tensor[] {clean, noise}) {
      for (int row = 0; row < logits.rows(); row++) {
        float[] scores = logits.row(row);
        broken += areFinite(scores) ? 0 : 1;
        equal += areFinite(scores) && areEqual(scores) ? 1 : 0;
      }
    }
    if (broken + equal == 0 && isConstant(clean, noise)) {
      return Finding.of(
          CheckState.FAIL,
          1,
          "The model gives the same logits to all "
              + (clean.rows() + noise.rows())
              + " images, half of them uniform noise.",
          "Its answer does not depend on the image, so no attack can change it; check the weights"
              + " and the input of the model file.");
    }
    Share share = new Share(broken + equal, clean.rows() + noise.rows());
    return Finding.of(
        broken + equal > 0 ? CheckState.FAIL : CheckState.PASS,
        share.value(),
        "Of "
            + share.of()
            + " images, half of them uniform noise, "
            + broken
            + " have logits that are infinite or not numbers, and "
            + equal
            + " have equal logits for all classes.",
        "Check the weights in the model file, and the range, mean and std of the pixels on its"
            + " card.");
  }

  private static boolean isConstant(Tensor clean, Tensor noise) {
    float[] first = clean.row(0);
    return Stream.of(clean, noise)
        .allMatch(
            logits ->
                IntStream.range(0, logits.rows())
                    .allMatch(row -> Arrays.equals(logits.row(row), first)));
  }

  private ImageBatch noise(CheckedModel model) {
    ImageBatch images = model.samples().images();
    Tensor noise = Tensor.zeros(images.pixels().shape());
    for (int row = 0; row < noise.rows(); row++) {
      RandomGenerator random = model.tools().random(id(), images.sample(row));
      for (int feature = 0; feature < noise.rowSize(); feature++) {
        noise.set(row, feature, random.nextFloat());
      }
    }
    return images.with(noise);
  }

  private static boolean areFinite(float[] scores) {
    for (float score : scores) {
      if (!Float.isFinite(score)) {
        return false;
      }
    }
    return true;
  }

  private static boolean areEqual(float[] scores) {
    for (float score : scores) {
      if (score != scores[0]) {
        return false;
      }
    }
    return true;
  }
}
