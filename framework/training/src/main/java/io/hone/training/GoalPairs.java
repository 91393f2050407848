package io.hone.training;

import io.hone.api.BadInputException;
import io.hone.api.data.Tensor;
import io.hone.engine.ChainRunner.ChainImages;
import io.hone.scenario.Goal;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The clean images that a generator learns to attack, with the class that the goal wants. */
final class GoalPairs {
  private final Goal goal;
  private final int classes;

  /**
   * Creates the choice of images for a goal.
   *
   * @param classes of the model
   * @throws BadInputException if a generator cannot learn the goal
   */
  GoalPairs(Goal goal, int classes) {
    if (!goal.decidedByLabel()) {
      throw new BadInputException(
          "a generator sees no goal, so the label must tell the class that is wanted;"
              + " write {targeted: 4}, or a map such as {targeted: {9: 4}}");
    }
    this.goal = goal;
    this.classes = classes;
    IntStream.range(0, classes).forEach(this::wanted);
  }

  /** Returns the rows that an attack would take on. */
  int[] rows(ChainImages images) {
    return IntStream.range(0, images.labels().length)
        .filter(row -> images.predictions()[row] == images.labels()[row])
        .filter(
            row ->
                wanted(images.labels()[row]).orElse(images.labels()[row]) != images.labels()[row])
        .toArray();
  }

  /** Returns {@code [N, 2]}: the class wanted of each of the rows, and its true one. */
  Tensor classes(ChainImages images, int[] rows) {
    Tensor pairs = Tensor.zeros(rows.length, 2);
    for (int row = 0; row < rows.length; row++) {
      int label = images.labels()[rows[row]];
      pairs.set(row, 0, wanted(label).orElseThrow());
      pairs.set(row, 1, label);
    }
    return pairs;
  }

  private OptionalInt wanted(int label) {
    OptionalInt wanted = goal.targetOf(label);
    if (wanted.isPresent() && (wanted.getAsInt() < 0 || wanted.getAsInt() >= classes)) {
      throw new BadInputException(
          "the goal names class "
              + wanted.getAsInt()
              + ", but the model has classes 0 to "
              + (classes - 1)
              + "; name one of these");
    }
    return wanted;
  }
}
