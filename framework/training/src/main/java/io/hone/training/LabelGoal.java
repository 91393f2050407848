package io.hone.training;

import io.hone.api.BadInputException;
import io.hone.scenario.Goal;
import java.util.stream.IntStream;

/** Checks that a goal tells the class that is wanted by the label alone. */
final class LabelGoal {
  private LabelGoal() {}

  /**
   * Checks a goal.
   *
   * @param trainer whose recipe needs it
   * @param classes of the model
   * @throws BadInputException if the label does not decide, or the model has no such class
   */
  static void check(Goal goal, String trainer, int classes) {
    if (!goal.decidedByLabel()) {
      throw new BadInputException(
          trainer
              + " learns one wanted class for each label, so the label must tell it;"
              + " write {targeted: 4}, or a map such as {targeted: {9: 4}}");
    }
    IntStream.range(0, classes)
        .flatMap(label -> goal.targetOf(label).stream())
        .filter(wanted -> wanted < 0 || wanted >= classes)
        .findFirst()
        .ifPresent(
            wanted -> {
              throw new BadInputException(
                  "the goal names class "
                      + wanted
                      + ", but the model has classes 0 to "
                      + (classes - 1)
                      + "; name one of these");
            });
  }
}
