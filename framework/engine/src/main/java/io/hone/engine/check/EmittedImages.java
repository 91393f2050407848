package io.hone.engine.check;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.run.TrustFlag;
import io.hone.engine.results.CheckState;
import io.hone.engine.step.Judge;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Whether the emitted images are what they count as: judged once more, in another order, as floats
 * and rounded to 8 bits, and no farther than 1e-6 outside the ball or [0, 1].
 */
public final class EmittedImages implements AttackCheck {
  private static final double SLACK = 1e-6;

  @Override
  public String id() {
    return "emitted-images";
  }

  @Override
  public String measure() {
    return "share of emitted images that leave the ball or [0, 1], or are judged otherwise again";
  }

  @Override
  public String threshold() {
    return "0";
  }

  @Override
  public Optional<String> flag() {
    return Optional.of(TrustFlag.BROKEN_CONSTRAINT);
  }

  @Override
  public Finding look(CheckedAttack attack) {
    if (!attack.model().repeats().agree()) {
      return Finding.notApplicable(
          "The model answers differently each time, so that nothing can be judged once more; see"
              + " determinism.");
    }
    Attempt own = attack.own();
    int[] backward = IntStream.range(0, own.size()).map(row -> own.size() - 1 - row).toArray();
    ImageBatch emitted = own.input().images().with(own.images()).select(backward);
    int[] floats = attack.model().predict(emitted);
    ImageBatch grey = Judge.rounded(emitted);
    int[] rounded = attack.model().predict(grey);
    int outside = 0;
    int changed = 0;
    int greyOutside = 0;
    int wrong = 0;
    for (int index = 0; index < backward.length; index++) {
      int row = backward[index];
      if (!own.attempted(row)) {
        continue;
      }
      boolean left = isOutside(own, own.images(), row, attack.ball());
      boolean other =
          judged(own, row, floats[index]) != own.sample(row).success()
              || judged(own, row, rounded[index]) != own.sample(row).verdict().success8bit();
      outside += left ? 1 : 0;
      changed += other ? 1 : 0;
      wrong += left || other ? 1 : 0;
      boolean counts = own.sample(row).verdict().success8bit();
      greyOutside += counts && leaves(own, row, grey.pixels().row(index), attack.ball()) ? 1 : 0;
    }
    Share share = new Share(wrong, own.attempted().length);
    return Finding.of(
        wrong > 0 ? CheckState.FAIL : CheckState.PASS,
        share.value(),
        "Of "
            + share.of()
            + " emitted images, "
            + outside
            + " leave the ball or [0, 1] by more than 1e-6, and "
            + changed
            + " are judged otherwise when they are judged again."
            + (greyOutside > 0
                ? " Rounded to 8 bits, "
                    + greyOutside
                    + " of the successes are outside the ball by a part of a grey level; grid: 8bit"
                    + " on the step avoids this."
                : ""),
        "The attack breaks its own limits, or the model depends on the batch: report this as a"
            + " defect of the plugin, and do not use these figures.");
  }

  private static boolean judged(Attempt own, int row, int predicted) {
    return own.sample(row).wants(predicted, own.input().labels()[row]);
  }

  private static boolean isOutside(Attempt own, Tensor images, int row, Optional<Ball> ball) {
    float[] image = images.row(row);
    for (float value : image) {
      if (!(value >= -SLACK && value <= 1 + SLACK)) {
        return true;
      }
    }
    return leaves(own, row, image, ball);
  }

  private static boolean leaves(Attempt own, int row, float[] image, Optional<Ball> ball) {
    return ball.isPresent()
        && ball.get().norm().distance(image, own.input().images().pixels().row(row))
            > ball.get().radius() + SLACK;
  }
}
