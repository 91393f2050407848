package io.hone.engine.step;

import io.hone.scenario.document.Grid;
import java.util.Optional;
import java.util.OptionalLong;

/** The keys of steps whose component asks the model. */
public interface SearchSection {
  /** What the key {@code queries} is. */
  String QUERIES = "Queries an attack or improver may make per sample; default: any.";

  /** What the key {@code grid} is. */
  String GRID =
      "8bit: an attack or improver looks for images that survive rounding to 8 bits, and emits"
          + " them rounded, toward the clean image.";

  /** Returns how many queries may be made per sample; empty for any number. */
  Optional<Long> queries();

  /** Returns the values that the images may have. */
  Grid grid();

  /** Returns how many queries may be made per sample; empty for any number. */
  default OptionalLong budget() {
    return queries().map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  /** Returns how many queries a sample takes that its component expects to take some. */
  default OptionalLong within(OptionalLong expected) {
    return expected.isEmpty() || queries().isEmpty()
        ? expected
        : OptionalLong.of(Math.min(expected.getAsLong(), queries().get()));
  }

  /**
   * Returns whether the model sees, and the step emits, images rounded to 8 bits toward the clean
   * image.
   */
  default boolean onGrid() {
    return grid() == Grid.EIGHT_BIT;
  }
}
