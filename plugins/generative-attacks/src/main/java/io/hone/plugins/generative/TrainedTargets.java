package io.hone.plugins.generative;

import io.hone.api.BadInputException;
import io.hone.api.data.Batch;
import io.hone.api.model.ModelCard;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which class a generator turns images of each label into, as far as its card tells.
 *
 * @param byLabel empty if the card does not say how the generator was trained
 */
record TrainedTargets(Map<Integer, Integer> byLabel) {
  private static final String TARGETS = "targets";
  private static final String COMPONENT = "component";

  /**
   * Reads the training section of a card.
   *
   * @param kind of attack that uses the model
   * @throws BadInputException if it says that the model was trained for something else
   */
  static TrainedTargets of(ModelCard card, GeneratorKind kind) {
    Object written = card.training().get(TARGETS);
    Object component = card.training().get(COMPONENT);
    if (written == null && component != null) {
      throw new BadInputException(
          "the attack %s cannot use %s: its card says that it was trained by %s, which makes no generator; name a model that %s trained"
              .formatted(kind.attack(), card.name(), component, kind.trainer()));
    }
    GeneratorKind.madeBy(String.valueOf(component))
        .filter(other -> other != kind)
        .ifPresent(
            other -> {
              throw new BadInputException(
                  "the attack %s cannot use %s: its card says that it was trained by %s, whose generators are used by the attack %s"
                      .formatted(kind.attack(), card.name(), component, other.attack()));
            });
    Map<Integer, Integer> targets = new LinkedHashMap<>();
    if (written != null) {
      try {
        ((Map<?, ?>) written)
            .forEach((label, target) -> targets.put(number(label), number(target)));
      } catch (ClassCastException | NumberFormatException e) {
        throw new BadInputException(
            "the card of "
                + card.name()
                + ": training.targets: must map labels to classes, such as {9: 4}, not "
                + written,
            e);
      }
    }
    return new TrainedTargets(Map.copyOf(targets));
  }

  private static int number(Object written) {
    return Integer.parseInt(String.valueOf(written));
  }

  /** Returns whether some label is turned into a class, or may be as far as the card tells. */
  boolean reach(int target) {
    return byLabel.isEmpty() || byLabel.containsValue(target);
  }

  /** Returns why the generator was not made for a sample, as a word for its row of the results. */
  Optional<String> mismatch(Batch clean, int row) {
    if (byLabel.isEmpty()) {
      return Optional.empty();
    }
    Integer trained = byLabel.get(clean.label(row));
    if (trained == null) {
      return Optional.of("untrained-class");
    }
    return clean.targeted() && trained != clean.target(row)
        ? Optional.of("other-target")
        : Optional.empty();
  }

  /** Returns the targets in words, such as {@code 9 -> 4}. */
  String describe() {
    return byLabel.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(each -> each.getKey() + " -> " + each.getValue())
        .collect(Collectors.joining(", "));
  }
}
