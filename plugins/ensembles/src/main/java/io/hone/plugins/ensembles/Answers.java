package io.hone.plugins.ensembles;

import io.hone.api.run.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the victim answered when it was asked about emitted images. */
final class Answers {
  /** Answers of a victim that was asked nothing, because the framework asks it next. */
  static final Answers NONE = new Answers(0);

  private final int wanted;
  private final Map<Long, Tally> tallies = new HashMap<>();

  /** What is to be thought of an image. */
  enum Verdict {
    /** More than half of the answers meet the goal. */
    BROKEN,
    /** At least half of the answers do not. */
    ROBUST,
    /** As robust, and some answers were not a number. */
    UNANSWERED,
    /** The sample could not pay for the answers. */
    UNPAID;

    /** Returns why the image is no success, where the answers tell it. */
    Optional<String> reason() {
      return this == UNANSWERED ? Optional.of(Reason.NAN) : Optional.empty();
    }
  }

  private static final class Tally {
    private int successes;
    private boolean nan;
  }

  /** Creates an empty record of so many answers for each sample. */
  Answers(int wanted) {
    this.wanted = wanted;
  }

  /** Takes in one answer about a sample. */
  void add(long sample, int predicted, boolean success) {
    Tally tally = tallies.computeIfAbsent(sample, key -> new Tally());
    tally.successes += success ? 1 : 0;
    tally.nan |= predicted < 0;
  }

  /** Returns what all answers about a sample say. */
  Verdict of(long sample) {
    Tally tally = tallies.get(sample);
    if (tally == null) {
      return wanted == 0 ? Verdict.ROBUST : Verdict.UNPAID;
    }
    if (2 * tally.successes > wanted) {
      return Verdict.BROKEN;
    }
    return tally.nan ? Verdict.UNANSWERED : Verdict.ROBUST;
  }
}
