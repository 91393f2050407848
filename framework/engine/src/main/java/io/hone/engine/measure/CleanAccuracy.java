package io.hone.engine.measure;

import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;
import io.hone.api.run.TrustFlag;
import io.hone.engine.data.LabelSurvey;
import io.hone.scenario.card.RecordedAccuracy;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Judges whether a model does on clean images what it should: a wrong range, order of channels or
 * labels shows nowhere else.
 *
 * @param correct images that the model classifies correctly
 * @param samples all images
 * @param classes that the model has
 */
public record CleanAccuracy(long correct, long samples, int classes) {
  /** So unlikely must a count be before anything is said of it. */
  private static final double UNLIKELY = 0.01;

  /** Other data of the same classes may well be this much harder. */
  private static final double SLACK = 0.05;

  /** Some classes alone may be much harder than all of them together. */
  private static final double SLACK_OF_SOME_CLASSES = 0.25;

  private static final String CAUSES =
      " The usual causes: pixel values of another range (0 to 1, 0 to 255, -1 to 1), BGR instead of"
          + " RGB, no mean and standard deviation or other ones, labels in another order, or images"
          + " as N x H x W x C.";

  /**
   * Tells what is wrong, and raises a flag where nothing says how the model wants its input.
   *
   * @param withCard whether somebody wrote the card, so that it is no guess
   * @param labels of the images
   */
  public void judge(ModelCard card, boolean withCard, LabelSurvey labels, Run run) {
    if (labels.allOwn() || samples == 0) {
      return;
    }
    if (isNearChance()) {
      String found =
          "the model "
              + card.name()
              + " classifies "
              + correct
              + " of "
              + samples
              + " clean images correctly, which is no better than guessing among "
              + classes
              + " classes."
              + CAUSES
              + advice(card, withCard);
      if (withCard) {
        run.notice(found);
      } else {
        run.distrust(new TrustFlag(TrustFlag.ASSUMED_INPUT, found));
      }
      return;
    }
    OptionalDouble recorded = recorded(card);
    boolean someClasses = labels.classes() * 2 < classes;
    double slack = someClasses ? SLACK_OF_SOME_CLASSES : SLACK;
    if (recorded.isPresent() && isBelow(recorded.getAsDouble() - slack)) {
      run.notice(
          String.format(
                  Locale.ROOT,
                  "the model %s classifies %d of %d clean images correctly (%.1f %%), but its card records"
                      + " a test accuracy of %.1f %%.",
                  card.name(),
                  correct,
                  samples,
                  100.0 * correct / samples,
                  100 * recorded.getAsDouble())
              + CAUSES
              + advice(card, withCard));
    }
  }

  /**
   * Returns whether the count is likely for a model that guesses, and unlikely for a model halfway
   * between guessing and perfect: few images tell neither.
   */
  private boolean isNearChance() {
    double chance = 1.0 / classes;
    return classes > 1
        && new Binomial(samples, chance).atLeast(correct) > UNLIKELY
        && isBelow((1 + chance) / 2);
  }

  private boolean isBelow(double accuracy) {
    return accuracy > 0
        && accuracy < 1
        && correct < accuracy * samples
        && new Binomial(samples, accuracy).atMost(correct) < UNLIKELY;
  }

  private static OptionalDouble recorded(ModelCard card) {
    OptionalDouble share =
        RecordedAccuracy.of(card.training())
            .map(RecordedAccuracy::share)
            .orElseGet(OptionalDouble::empty);
    return share.isPresent() && share.getAsDouble() > 0 ? share : OptionalDouble.empty();
  }

  private static String advice(ModelCard card, boolean withCard) {
    return withCard
        ? " Compare the card of " + card.name() + " with how the model was trained."
        : " Write a card that tells them: hone model card " + card.file().getFileName();
  }
}
