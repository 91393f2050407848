package io.hone.scenario;

import java.util.Map;
import java.util.OptionalInt;

/** What an attack wants of a sample. */
public sealed interface Goal {
  /** Any class other than the label. */
  record Untargeted() implements Goal {}

  /** One class for every sample. */
  record Fixed(int target) implements Goal {}

  /** The class of the second largest logit of the clean image. */
  record NextBest() implements Goal {}

  /** The class of the smallest logit of the clean image. */
  record LeastLikely() implements Goal {}

  /** A class other than the label, drawn per sample. */
  record Random() implements Goal {}

  /** A target for each label; samples of other labels are skipped. */
  record Mapping(Map<Integer, Integer> targets) implements Goal {
    /** Copies the map. */
    public Mapping {
      targets = Map.copyOf(targets);
    }
  }

  /** Returns whether samples have targets, and the label alone tells each sample's. */
  default boolean decidedByLabel() {
    return this instanceof Fixed || this instanceof Mapping;
  }

  /**
   * Returns the class wanted of samples with a label, as far as the label alone tells it.
   *
   * @return empty if the goal wants none of that label, or is not decided by labels
   */
  default OptionalInt targetOf(int label) {
    if (this instanceof Fixed fixed) {
      return OptionalInt.of(fixed.target());
    }
    if (this instanceof Mapping mapping && mapping.targets().containsKey(label)) {
      return OptionalInt.of(mapping.targets().get(label));
    }
    return OptionalInt.empty();
  }

  /** Returns the class that is wanted of every sample; empty where there is none such. */
  default OptionalInt targetOfAll() {
    return this instanceof Fixed fixed ? OptionalInt.of(fixed.target()) : OptionalInt.empty();
  }

  /** Returns whether samples have targets. */
  default boolean targeted() {
    return !(this instanceof Untargeted);
  }
}
