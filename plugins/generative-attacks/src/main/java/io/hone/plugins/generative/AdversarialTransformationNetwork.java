package io.hone.plugins.generative;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.BadInputException;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.geometry.Pixels;
import io.hone.api.model.ModelReference;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import org.pf4j.Extension;

/**
 * Turns each image into an adversarial example by one pass through a generator, which the trainer
 * {@code adversarial-transformation-network} makes; the model under attack is asked nothing.
 *
 * <p>Where the generator's card tells which class it turns each label into, samples that it was not
 * made for still get its image, and a flag: {@code untrained-class} for a label it never saw,
 * {@code other-target} for one that it turns into another class than the goal's. An image that is
 * not a number anywhere stays clean and is given up as {@code nan}.
 *
 * <p>Source: Baluja and Fischer 2017; equation 6 of Nguyen et al., "Method for Improving Quality of
 * Adversarial Examples".
 */
@Named(
    id = "atn",
    summary = "Lets a trained generator turn the image into an adversarial example.",
    references =
        "Baluja and Fischer 2017; Nguyen et al., Method for Improving Quality of Adversarial"
            + " Examples, equation 6",
    example = "{model: models/mnist-atn}")
@AttackProfile(
    norms = Norm.L2,
    formula = "x' = clip(g(x)); g = argmin (1 - phi) * ||g(x) - x|| + phi * loss(g(x), target)",
    cost = "nothing; one pass through the generator")
@Extension
public final class AdversarialTransformationNetwork
    implements Attack<AdversarialTransformationNetwork.Params> {
  /** Parameters of the attack. */
  public record Params(
      @Param("Generator that returns the adversarial example.") ModelReference model) {}

  @Override
  public Access access(Params parameters) {
    return Access.LABELS;
  }

  @Override
  public void prepare(Params parameters, Setting setting, Run run) {
    TrainedTargets.of(run.card(parameters.model()));
    if (!run.openImageTransformer(parameters.model()).accepts(setting.shape())) {
      throw new BadInputException(
          "the attack atn cannot use "
              + parameters.model().path()
              + ": it does not take images of "
              + setting.shape()
              + "; name a generator that was trained on images of this shape");
    }
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    if (clean.size() == 0) {
      return;
    }
    run.checkCancelled();
    TrainedTargets targets = TrainedTargets.of(run.card(parameters.model()));
    Tensor made = run.openImageTransformer(parameters.model()).transform(clean.pixels());
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
                        + run.card(parameters.model()).name()
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
