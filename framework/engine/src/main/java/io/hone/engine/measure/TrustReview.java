package io.hone.engine.measure;

import io.hone.api.metric.StepKind.Trait;
import io.hone.api.run.TrustFlag;
import io.hone.engine.results.Distrust;
import io.hone.scenario.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds for every entry of a finished run why its figures cannot be fully trusted.
 *
 * <p>What was found of the whole run concerns every entry. What an entry's own samples tell, such
 * as zero gradients, concerns it and all entries that received its images.
 */
public final class TrustReview {
  /** A larger share of the attempted samples makes a figure untrusted; a smaller one is told. */
  private static final double TOLERATED = 0.01;

  private static final String FAILED_BLINDLY =
      "every gradient was zero. The scores do not change around these images: a softmax, sigmoid"
          + " or tanh is saturated, or the scores are clipped or rounded, as quantised"
          + " probabilities are. The attack had no direction to go, so their failure does not show"
          + " that the model is robust. Export the model with its logits as the output, or take an"
          + " attack that needs labels only.";

  private static final String IMPROVED_BLINDLY =
      "because every gradient was zero. More of their perturbation may be redundant than the"
          + " figures show. Improve them on the model before its last clipping or softmax, or take"
          + " an improver that needs scores or labels only.";

  private static final String FAILED_FOR_NAN =
      "the model answered with NaN or infinite numbers. Their failure does not show that the model"
          + " is robust. Check the model file and the range of its input, or take smaller steps.";

  private static final String UNATTACKED =
      " were not attacked, because their clean image is outside the bounds of the step. The"
          + " accuracy counts them as robust. Give bounds that hold the clean images, or select the"
          + " samples that they are for.";

  private static final String UNSEEN =
      " got no class, because the other model answered with NaN. They do not count as transferred."
          + " Check the model and the pixel range on its card.";

  private static final String UNDEFENDED =
      " got no class, because the defense or the model behind it answered with NaN. They count"
          + " neither as recovered nor as successes of the attack. Check the model and the"
          + " parameters of the defense.";

  /**
   * Samples of an entry for which the same reason was found.
   *
   * @param text of the flag
   * @param notice the text where the samples are too few for a flag
   */
  private record Finding(String code, long concerned, long all, String text, String notice) {
    /**
     * Says what became of some samples.
     *
     * @param name of the entry
     * @param id of its step, which is the same at every point of a matrix
     * @param nouns what is counted, in lower case
     */
    static Finding of(
        String name,
        String id,
        String code,
        long concerned,
        long all,
        String nouns,
        String became) {
      String start = nouns.substring(0, 1).toUpperCase(Locale.ROOT) + nouns.substring(1);
      return new Finding(
          code,
          concerned,
          all,
          start + " of " + id + became,
          name + ": " + concerned + " of " + all + " " + nouns + became);
    }
  }

  private final List<TrustFlag> ofTheRun;
  private final Function<String, List<TrustFlag>> ofEntries;
  private final List<String> accepted;
  private final Map<String, Map<String, Distrust>> found = new HashMap<>();
  private final List<String> notices = new ArrayList<>();

  /**
   * Creates a review.
   *
   * @param ofTheRun what components found, of the whole run
   * @param ofEntries what was found of one entry alone, by its name
   * @param accepted codes that the scenario accepts
   */
  public TrustReview(
      List<TrustFlag> ofTheRun,
      Function<String, List<TrustFlag>> ofEntries,
      List<String> accepted) {
    this.ofTheRun = ofTheRun;
    this.ofEntries = ofEntries;
    this.accepted = accepted;
  }

  /** Returns what speaks against the figures of the data set's own images. */
  public List<Distrust> ofClean(String name, StepFold fold) {
    return review(name, Step.CLEAN, Map.of(), fold);
  }

  /** Returns what speaks against the figures of an entry; what it received came before. */
  public List<Distrust> of(Step step, StepFold fold) {
    Map<String, Distrust> received = new LinkedHashMap<>();
    for (String source : step.of()) {
      found
          .getOrDefault(source, Map.of())
          .forEach((code, flag) -> received.merge(code, flag, TrustReview::both));
    }
    if (step.of().size() > 1) {
      // Where one attack went blind another one may have seen: the samples' own reasons tell.
      received
          .keySet()
          .removeAll(Set.of(TrustFlag.NO_GRADIENT, TrustFlag.NAN, TrustFlag.OUTSIDE_BOUNDS));
    }
    return review(step.name(), step.id(), received, fold);
  }

  /** Returns what is worth telling, but too little to make a figure untrusted. */
  public List<String> notices() {
    return List.copyOf(notices);
  }

  private List<Distrust> review(
      String name, String id, Map<String, Distrust> received, StepFold fold) {
    Map<String, Distrust> flags = new LinkedHashMap<>();
    if (fold.perturbs()) {
      count(name, id, fold, TrustFlag.NO_GRADIENT, flags);
      count(name, id, fold, TrustFlag.NAN, flags);
      countUnattacked(name, id, fold, flags);
    } else if (fold.kind().has(Trait.RECLASSIFIES)) {
      countUnanswered(name, id, fold, fold.kind().has(Trait.RECOVERS) ? UNDEFENDED : UNSEEN, flags);
    }
    received.forEach((code, flag) -> flags.merge(code, flag, TrustReview::both));
    ofEntries.apply(name).forEach(flag -> add(flag, fold, flags));
    Map<String, Distrust> own = new LinkedHashMap<>(flags);
    ofTheRun.forEach(flag -> add(flag, fold, flags));
    // Flags of the whole run are given to every entry anew, with its own number of samples.
    found.put(name, own);
    return List.copyOf(flags.values());
  }

  /** A flag may be raised for different reasons: all are told. */
  private static Distrust both(Distrust one, Distrust other) {
    return one.text().contains(other.text())
        ? one
        : new Distrust(one.code(), one.samples(), one.text() + " " + other.text(), one.accepted());
  }

  private void add(TrustFlag flag, StepFold fold, Map<String, Distrust> flags) {
    flags.merge(
        flag.code(),
        new Distrust(flag.code(), fold.samples(), flag.text(), isAccepted(flag.code())),
        TrustReview::both);
  }

  /** The flag's text is the same at every point of the matrix, so that it can be told once. */
  private void count(
      String name, String id, StepFold fold, String reason, Map<String, Distrust> flags) {
    boolean improves = fold.kind().has(Trait.IMPROVES);
    // An improver's samples stay successes, whatever it met.
    long concerned = improves ? fold.reasons().getOrDefault(reason, 0L) : fold.failedFor(reason);
    String became =
        improves && reason.equals(TrustFlag.NO_GRADIENT)
            ? " were improved without a direction, " + IMPROVED_BLINDLY
            : " failed because " + explanation(reason);
    add(
        Finding.of(name, id, reason, concerned, fold.attempted(), "attempted samples", became),
        flags);
  }

  /** A sample that nothing attacked would look like one that withstood. */
  private void countUnattacked(String name, String id, StepFold fold, Map<String, Distrust> flags) {
    long unattacked = fold.skipped().getOrDefault(TrustFlag.OUTSIDE_BOUNDS, 0L);
    add(
        Finding.of(
            name, id, TrustFlag.OUTSIDE_BOUNDS, unattacked, fold.samples(), "samples", UNATTACKED),
        flags);
  }

  /** An image without a class would look like an attack that the defense undid. */
  private void countUnanswered(
      String name, String id, StepFold fold, String became, Map<String, Distrust> flags) {
    long unanswered = fold.failedFor(TrustFlag.NAN);
    add(Finding.of(name, id, TrustFlag.NAN, unanswered, fold.samples(), "images", became), flags);
  }

  private void add(Finding finding, Map<String, Distrust> flags) {
    if (finding.concerned() == 0) {
      return;
    }
    if (finding.concerned() > TOLERATED * finding.all()) {
      flags.put(
          finding.code(),
          new Distrust(
              finding.code(), finding.concerned(), finding.text(), isAccepted(finding.code())));
    } else {
      notices.add(finding.notice());
    }
  }

  private static String explanation(String reason) {
    return reason.equals(TrustFlag.NO_GRADIENT) ? FAILED_BLINDLY : FAILED_FOR_NAN;
  }

  private boolean isAccepted(String code) {
    return accepted.contains(code);
  }
}
