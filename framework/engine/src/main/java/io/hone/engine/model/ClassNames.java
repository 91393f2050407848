package io.hone.engine.model;

import io.hone.api.model.ModelCard;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Compares what the classes of two models mean. */
public final class ClassNames {
  private ClassNames() {}

  /**
   * Returns the first class that two cards name differently, in words; empty where there is none,
   * and where a card names no classes.
   */
  public static Optional<String> difference(ModelCard other, ModelCard first) {
    List<String> names = other.output().classNames();
    List<String> expected = first.output().classNames();
    return IntStream.range(0, Math.min(names.size(), expected.size()))
        .filter(index -> !names.get(index).equals(expected.get(index)))
        .boxed()
        .findFirst()
        .map(
            index ->
                "class "
                    + index
                    + " of the model "
                    + other.name()
                    + " is '"
                    + names.get(index)
                    + "', but '"
                    + expected.get(index)
                    + "' of the model "
                    + first.name());
  }
}
