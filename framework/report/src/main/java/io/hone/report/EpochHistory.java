package io.hone.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * The figures of a training's epochs, as any trainer may have given them.
 *
 * @param epochs figures by name, the first epoch first; at least one epoch
 * @param best number of the best epoch, counted from 1; empty where it is not known
 */
record EpochHistory(List<Map<String, Double>> epochs, OptionalInt best) {
  private static final String TRAINING = "training_";
  private static final String TRAINING_LOSS = TRAINING + "loss";
  private static final String VALIDATION = "validation_";
  private static final List<String> ORDER =
      List.of(
          VALIDATION + "loss",
          VALIDATION + "accuracy",
          VALIDATION + "robust_accuracy",
          VALIDATION + "success_rate");

  /** Keeps the number of the best epoch only where there is such an epoch. */
  static EpochHistory of(List<Map<String, Double>> epochs, Optional<Double> best) {
    OptionalInt known =
        best.stream()
            .mapToInt(Double::intValue)
            .filter(epoch -> epoch >= 1 && epoch <= epochs.size())
            .findFirst();
    return new EpochHistory(epochs, known);
  }

  int count() {
    return epochs.size();
  }

  /** Returns the names of all figures: losses, shares, and others as the alphabet has them. */
  List<String> names() {
    TreeSet<String> names =
        new TreeSet<>(
            Comparator.<String>comparingInt(EpochHistory::rank)
                .thenComparing(Comparator.naturalOrder()));
    epochs.forEach(epoch -> names.addAll(epoch.keySet()));
    return List.copyOf(names);
  }

  private static int rank(String name) {
    if (name.startsWith(TRAINING)) {
      return name.equals(TRAINING_LOSS) ? 0 : 1;
    }
    int known = ORDER.indexOf(name);
    return 2 + (known < 0 ? ORDER.size() : known);
  }

  /** Returns the names of losses and their parts. */
  List<String> losses() {
    return names().stream().filter(name -> isLoss(name) && !isShare(name)).toList();
  }

  /** Returns the names of shares, such as accuracies. */
  List<String> shares() {
    return names().stream().filter(EpochHistory::isShare).toList();
  }

  private static boolean isLoss(String name) {
    return name.startsWith(TRAINING) || name.startsWith(VALIDATION) || name.endsWith("loss");
  }

  private static boolean isShare(String name) {
    return FigureFormat.of(name) == FigureFormat.SHARE;
  }

  /** Returns the figures that tell most of an epoch, without the parts of the loss. */
  List<Figure> keyFigures(int epoch) {
    List<Figure> figures = new ArrayList<>();
    for (String name : names()) {
      boolean part = name.startsWith(TRAINING) && !name.equals(TRAINING_LOSS) && !isShare(name);
      if (!part) {
        figure(epoch, name).ifPresent(figures::add);
      }
    }
    return figures;
  }

  /**
   * Returns a figure, where the epoch has it.
   *
   * @param epoch counted from 1
   */
  Optional<Figure> figure(int epoch, String name) {
    return Optional.ofNullable(epochs.get(epoch - 1).get(name))
        .map(value -> new Figure(name, value));
  }
}
