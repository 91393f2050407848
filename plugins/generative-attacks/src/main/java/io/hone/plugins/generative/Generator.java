package io.hone.plugins.generative;

import io.hone.api.BadInputException;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Pixels;
import io.hone.api.model.ModelReference;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;

/**
 * A generator of adversarial examples at work.
 *
 * <p>Where its card tells which class it turns each label into, a goal of one other class is
 * refused. With other goals, samples that it was not made for still get its image, and a flag:
 * {@code untrained-class} for a label it never saw, {@code other-target} for one that it turns into
 * another class than the goal's. An image that is not a number anywhere stays clean and is given up
 * as {@code nan}.
 *
 * @param kind of attack
 * @param model the generator
 */
record Generator(GeneratorKind kind, ModelReference model) {
  /**
   * Refuses a generator that was trained for something else.
   *
   * @throws BadInputException naming what does not fit
   */
  void prepare(Setting setting, Run run) {
    TrainedTargets targets = TrainedTargets.of(run.card(model), kind);
    if (!run.openImageTransformer(model).accepts(setting.shape())) {
      throw new BadInputException(
          "the attack "
              + kind.attack()
              + " cannot use "
              + model.path()
              + ": it does not take images of "
              + setting.shape()
              + "; name a generator that was trained on images of this shape");
    }
    setting
        .target()
        .ifPresent(
            target -> {
              if (!targets.reach(target)) {
                throw new BadInputException(
                    "the attack %s cannot use %s for the goal {targeted: %d}: it was trained for %s; name a generator of this goal, or change the goal"
                        .formatted(kind.attack(), model.path(), target, targets.describe()));
              }
            });
  }

  /** Writes the made images. */
  void attack(Batch clean, Tensor adversarial, Run run) {
    if (clean.size() == 0) {
      return;
    }
    run.checkCancelled();
    TrainedTargets targets = TrainedTargets.of(run.card(model), kind);
    Tensor made = run.openImageTransformer(model).transform(clean.pixels());
    float[] image = new float[adversarial.rowSize()];
    for (int row = 0; row < clean.size(); row++) {
      made.readRow(row, image);
      long sample = clean.sample(row);
      if (holdsNumbers(image)) {
        Pixels.clip(image);
        adversarial.setRow(row, image);
      } else {
        run.giveUp(sample, Reason.NAN);
      }
      targets
          .mismatch(clean, row)
          .ifPresent(
              reason -> {
                run.flag(sample, reason);
                run.notice(
                    "the generator "
                        + run.card(model).name()
                        + " was trained for "
                        + targets.describe()
                        + "; samples of another label or target are flagged");
              });
    }
  }

  private static boolean holdsNumbers(float[] image) {
    boolean numbers = true;
    for (float value : image) {
      numbers &= !Float.isNaN(value);
    }
    return numbers;
  }
}
