package io.hone.plugins.stored;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageBatch;
import io.hone.api.run.Run;
import io.hone.api.victim.Victim;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The classes that a model gave the examples where they were made. */
final class RecordedClasses {
  /** What Hone records of an image on which the model answers with NaN. */
  private static final int NONE = -1;

  private final long[] classes;

  private RecordedClasses(long[] classes) {
    this.classes = classes;
  }

  /**
   * Reads the class of each row of the examples.
   *
   * @param known how many classes the model of this scenario has
   * @throws BadInputException if it has no such class
   */
  static RecordedClasses read(Path file, ImageRows examples, int known) {
    long[] classes = RowNumbers.read(file, examples);
    for (int row = 0; row < classes.length; row++) {
      if (classes[row] < NONE || classes[row] >= known) {
        throw new BadInputException(
            file
                + " gives row "
                + row
                + " the class "
                + classes[row]
                + ", but the model has classes 0 to "
                + (known - 1)
                + "; give what a model of the same classes predicted");
      }
    }
    return new RecordedClasses(classes);
  }

  /**
   * Returns the samples to whose examples a model gives another class than this; one whose budget
   * is spent is given up.
   */
  List<Long> others(SampleIndex index, Victim victim, ImageBatch examples, Run run) {
    List<Long> others = new ArrayList<>();
    int[] rows =
        IntStream.range(0, examples.size())
            .filter(row -> victim.paysOrGivesUp(examples.sample(row), 1, run))
            .toArray();
    if (rows.length > 0) {
      ImageBatch asked = examples.select(rows);
      int[] predicted = victim.predict(asked);
      for (int row = 0; row < predicted.length; row++) {
        long sample = asked.sample(row);
        if (classes[Math.toIntExact(index.row(sample).orElseThrow())] != predicted[row]) {
          others.add(sample);
        }
      }
    }
    return others;
  }
}
