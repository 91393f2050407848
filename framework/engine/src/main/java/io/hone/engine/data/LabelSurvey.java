package io.hone.engine.data;

import io.hone.api.data.Dataset;
import io.hone.api.run.TrustFlag;
import io.hone.scenario.Selection;
import java.util.BitSet;
import java.util.Optional;

/**
 * What the labels of a run's images tell before the first batch.
 *
 * @param samples how many images are run
 * @param unlabelled how many of them have no label
 * @param classes how many classes the labels of the others name
 */
public record LabelSurvey(long samples, long unlabelled, int classes) {
  /** How many images are looked at to learn which classes the rest of a data set holds. */
  private static final long PROBES = 200;

  /** Refuses a label that does not fit. */
  public interface Check {
    void check(long sample, int label);
  }

  /** Counts the labels of a data set, each looked at once: some are read with their image. */
  public static LabelSurvey of(Dataset dataset, Check check) {
    BitSet seen = new BitSet();
    long unlabelled = 0;
    for (long position = 0; position < dataset.size(); position++) {
      int label = dataset.label(position);
      check.check(dataset.sample(position), label);
      if (label == Dataset.NO_LABEL) {
        unlabelled++;
      } else {
        seen.set(label);
      }
    }
    return new LabelSurvey(dataset.size(), unlabelled, seen.cardinality());
  }

  /** Returns whether no image has a label, so that accuracies compare the model with itself. */
  public boolean allOwn() {
    return unlabelled == samples;
  }

  /** Returns the flag of images without labels. */
  public Optional<TrustFlag> ownLabels() {
    if (unlabelled == 0) {
      return Optional.empty();
    }
    String which = allOwn() ? "the images have" : unlabelled + " of " + samples + " images have";
    return Optional.of(
        new TrustFlag(
            TrustFlag.OWN_LABELS,
            which
                + " no labels, so the model's own predictions are taken for them. Accuracies compare"
                + " the model with itself: on clean images they are 100 % whatever the model is"
                + " worth."));
  }

  /**
   * Returns what to tell where the first images of a data set hold few of its classes, as they do
   * where it is sorted.
   *
   * @param dataset the selected images
   * @param modelClasses how many classes the model has
   */
  public Optional<String> fewClasses(Dataset dataset, Selection selection, int modelClasses) {
    boolean firstOnly = selection.perClass().isEmpty() && selection.seed().isEmpty();
    if (!firstOnly || unlabelled > 0 || !(dataset instanceof SelectedDataset selected)) {
      return Optional.empty();
    }
    int all = Math.max(classes, classesOf(selected.whole()));
    // So many classes are to be expected of as many images drawn at random.
    double expected = all * (1 - Math.pow(1 - 1.0 / all, samples));
    if (classes > expected / 2) {
      return Optional.empty();
    }
    long perClass = Math.max(1, samples / all);
    return Optional.of(
        "the "
            + samples
            + " images of this run hold "
            + classes
            + " of the model's "
            + modelClasses
            + " classes, as the first images of a sorted data set do, so the figures say nothing of"
            + " the other classes. Take some of each class: dataset: {use: ..., select: {per-class: "
            + perClass
            + "}}");
  }

  private static int classesOf(Dataset whole) {
    BitSet seen = new BitSet();
    long probes = Math.min(PROBES, whole.size());
    for (long probe = 0; probe < probes; probe++) {
      int label = whole.label(probe * (whole.size() - 1) / Math.max(1, probes - 1));
      if (label >= 0) {
        seen.set(label);
      }
    }
    return seen.cardinality();
  }
}
