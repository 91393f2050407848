package io.hone.testkit.guide;

import io.hone.api.Improver;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import io.hone.api.victim.Access;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;
import org.pf4j.Extension;

/** Moves the example halfway back to its clean image as long as its class stays. */
@Named(
    id = "halfway",
    summary = "Moves the example halfway back to its clean image as long as its class stays.",
    example = "{times: 4}")
@Extension
public final class Halfway implements Improver<Halfway.Params> {
  /** Parameters of the improver. */
  public record Params(
      @Param(value = "How often the perturbation is halved at most.", def = "8", min = 1)
          int times) {}

  @Override
  public Access access(Params parameters) {
    return Access.LABELS;
  }

  @Override
  public void improve(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    ActiveSamples active = ActiveSamples.of(clean);
    int[] classes = classes(active, victim, adversarial, clean.size(), run);
    for (int time = 0; time < parameters.times() && !active.isEmpty(); time++) {
      run.checkCancelled();
      active.keepPaying(victim, 1, run);
      Tensor closer = adversarial.copy();
      for (int index = 0; index < active.size(); index++) {
        int row = active.row(index);
        closer.setRow(row, middle(adversarial.row(row), clean.pixels().row(row)));
      }
      int[] predicted = victim.predict(active.images(closer));
      active.keep(
          index -> keepCloser(active.row(index), predicted[index], classes, closer, adversarial));
    }
  }

  /** Asks for the class of each received image; an image that is no success is left alone. */
  private static int[] classes(
      ActiveSamples active, Victim victim, Tensor received, int rows, Run run) {
    run.checkCancelled();
    active.keepPaying(victim, 1, run);
    int[] predicted = victim.predict(active.images(received));
    int[] classes = new int[rows];
    active.keep(
        index -> {
          classes[active.row(index)] = predicted[index];
          return active.succeeds(index, predicted[index])
              || active.giveUp(
                  index, predicted[index] < 0 ? Reason.NAN : Reason.NOT_ADVERSARIAL, run);
        });
    return classes;
  }

  private static boolean keepCloser(
      int row, int predicted, int[] classes, Tensor closer, Tensor adversarial) {
    if (predicted != classes[row]) {
      return false;
    }
    adversarial.copyRow(row, closer, row);
    return true;
  }

  private static float[] middle(float[] image, float[] clean) {
    float[] middle = new float[image.length];
    for (int feature = 0; feature < middle.length; feature++) {
      middle[feature] = (float) (((double) image[feature] + clean[feature]) / 2);
    }
    return middle;
  }
}
