package io.hone.engine.comparison;

import io.hone.api.metric.StepKind;
import io.hone.engine.comparison.RunSamples.StepOutcomes;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import io.hone.engine.results.SummaryFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Compares two runs sample by sample, step by step, where both looked at the same samples: how many
 * samples succeed, or are classified correctly, in one run alone, and how likely that is by chance.
 */
public final class PairedComparison {
  private static final double SMALLEST_SHOWN = 1e-4;

  private final Path first;
  private final Path second;

  /** Compares two folders that {@code hone run} wrote. */
  public PairedComparison(Path first, Path second) {
    this.first = first;
    this.second = second;
  }

  /**
   * Returns the tests, one line for each figure of each step that both runs have, or why there are
   * none.
   *
   * @throws io.hone.api.BadInputException if a folder holds no results
   */
  public List<String> lines() {
    Summary one = SummaryFile.read(first);
    Summary other = SummaryFile.read(second);
    if (!Objects.equals(one.provenance().get("data"), other.provenance().get("data"))) {
      return List.of("no paired test: the runs have different data sets");
    }
    RunSamples left = RunSamples.read(first);
    RunSamples right = RunSamples.read(second);
    Optional<String> difference = difference(left, right);
    if (difference.isPresent()) {
      return List.of("no paired test: " + difference.get());
    }
    int[] places =
        left.indices().stream().mapToInt(index -> right.place(index).orElseThrow()).toArray();
    List<String> lines = new ArrayList<>();
    for (StepSummary step : one.steps()) {
      Optional<StepOutcomes> here = left.step(step.name());
      Optional<StepOutcomes> there = right.step(step.name());
      if (here.isPresent() && there.isPresent()) {
        lines.addAll(lines(step, left.size(), here.get(), inOrder(there.get(), places)));
      }
    }
    if (lines.isEmpty()) {
      return List.of("no paired test: the runs have no step of the same name");
    }
    lines.add(
        0,
        "paired tests (McNemar, exact, two-sided) of steps of the same name, A = "
            + first
            + ", B = "
            + second
            + ":");
    return lines;
  }

  /** Returns in what the samples of two runs differ, if they do. */
  private static Optional<String> difference(RunSamples left, RunSamples right) {
    long onlyLeft = left.indices().stream().filter(index -> right.place(index).isEmpty()).count();
    long onlyRight = right.indices().stream().filter(index -> left.place(index).isEmpty()).count();
    if (onlyLeft + onlyRight > 0) {
      return Optional.of(
          "the runs have different samples: "
              + onlyLeft
              + " only in A, "
              + onlyRight
              + " only in B; give both the same select and --limit");
    }
    long relabelled =
        left.indices().stream()
            .filter(
                index ->
                    left.label(left.place(index).orElseThrow())
                        != right.label(right.place(index).orElseThrow()))
            .count();
    return relabelled == 0
        ? Optional.empty()
        : Optional.of("samples whose labels differ: " + relabelled);
  }

  /** Returns the outcomes of one run at the places that the samples have in the other one. */
  private static StepOutcomes inOrder(StepOutcomes outcomes, int[] places) {
    return new StepOutcomes(
        inOrder(outcomes.attempted(), places),
        inOrder(outcomes.success(), places),
        inOrder(outcomes.correct(), places));
  }

  private static BitSet inOrder(BitSet bits, int[] places) {
    BitSet ordered = new BitSet();
    for (int place = 0; place < places.length; place++) {
      ordered.set(place, bits.get(places[place]));
    }
    return ordered;
  }

  private static List<String> lines(
      StepSummary step, int samples, StepOutcomes here, StepOutcomes there) {
    BitSet all = new BitSet();
    all.set(0, samples);
    List<String> lines = new ArrayList<>();
    if (!step.kind().equals(StepKind.CLEAN.name())) {
      BitSet both = (BitSet) here.attempted().clone();
      both.and(there.attempted());
      if (!both.isEmpty()) {
        lines.add(line(step.name(), "success", both, here.success(), there.success()));
      }
    }
    lines.add(line(step.name(), "accuracy", all, here.correct(), there.correct()));
    return lines;
  }

  private static String line(
      String step, String figure, BitSet pairs, BitSet first, BitSet second) {
    McNemarTest test = new McNemarTest(onlyIn(first, second, pairs), onlyIn(second, first, pairs));
    return String.format(
        Locale.ROOT,
        "  %s, %s: %d pairs, %d only in A, %d only in B, %s",
        step,
        figure,
        pairs.cardinality(),
        test.onlyFirst(),
        test.onlySecond(),
        text(test.pValue()));
  }

  private static long onlyIn(BitSet one, BitSet other, BitSet pairs) {
    BitSet only = (BitSet) one.clone();
    only.andNot(other);
    only.and(pairs);
    return only.cardinality();
  }

  private static String text(double value) {
    return value < SMALLEST_SHOWN ? "p < 0.0001" : String.format(Locale.ROOT, "p = %.4f", value);
  }
}
