package io.hone.engine.check;

import io.hone.api.BadInputException;
import io.hone.api.geometry.Norm;
import io.hone.api.run.TrustFlag;
import io.hone.scenario.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether a larger radius never helps the model: what an attack breaks at some epsilon it breaks at
 * every larger one, and in Linf it breaks everything at 1, where every image is within reach.
 * Source: Carlini et al. 2019, On Evaluating Adversarial Robustness, section 5.
 */
public final class LargerRadius implements AttackCheck {
  private static final double[] FACTORS = {0, 0.25, 0.5, 1, 2, 4};
  private static final double GREY = 0.5;
  private static final double TOLERATED = 0.01;

  @Override
  public String id() {
    return "epsilon-sweep";
  }

  @Override
  public String measure() {
    return "share of samples that a larger radius saves, or that no radius breaks";
  }

  @Override
  public String threshold() {
    return TOLERATED + Share.FEW;
  }

  @Override
  public Optional<String> flag() {
    return Optional.of(TrustFlag.MASKED_GRADIENT);
  }

  @Override
  public Finding look(CheckedAttack attack) {
    Optional<Norm> norm = attack.norm();
    OptionalDouble own = attack.radius();
    if (own.isEmpty() || norm.isEmpty()) {
      return Finding.notApplicable("The attack has no radius that could be larger.");
    }
    if (own.getAsDouble() == 0) {
      return Finding.notApplicable("The radius is 0, so that nothing may move.");
    }
    Map<Double, Attempt> attempts = attempts(attack, norm.get(), own.getAsDouble());
    int[] asked = attack.own().attempted();
    boolean allInReach = norm.get() == Norm.LINF && !attack.hasBounds();
    int contradicting = 0;
    int unbroken = 0;
    for (int row : asked) {
      boolean saved = isSaved(attempts, row);
      boolean left = allInReach && !broken(attempts, 1, row);
      unbroken += left ? 1 : 0;
      contradicting += saved || left ? 1 : 0;
    }
    int beyond = allInReach ? beyondOneClass(attack, attempts) : 0;
    Share share = new Share(Math.max(contradicting, beyond), asked.length);
    Finding finding = share.finding(TOLERATED, text(attempts, asked, allInReach, unbroken), ADVICE);
    return attack.iterates() ? finding : finding.atMostWarning(WeakAttack.REASON);
  }

  private static final String ADVICE =
      "The attack is led astray, or its step size does not fit: try more steps, another loss, more"
          + " restarts, and an attack that needs no gradient.";

  private Map<Double, Attempt> attempts(CheckedAttack attack, Norm norm, double own) {
    double most = norm.diameter(attack.tools().setting().shape().features());
    TreeSet<Double> radii = new TreeSet<>();
    for (double factor : FACTORS) {
      radii.add(Math.min(most, factor * own));
    }
    if (norm == Norm.LINF) {
      radii.addAll(List.of(GREY, 1.0));
    }
    Map<Double, Attempt> attempts = new TreeMap<>();
    for (double radius : radii) {
      if (radius == own) {
        attempts.put(radius, attack.own());
        continue;
      }
      try {
        Variant wider = attack.variant().withRadius(radius);
        attempts.put(radius, attack.attempt(wider, attack.model().samples()));
      } catch (BadInputException refused) {
        // An attack may refuse a radius that means nothing to it, such as 0.
        if (radius != 0) {
          throw refused;
        }
      }
    }
    return attempts;
  }

  private static boolean broken(Map<Double, Attempt> attempts, double radius, int row) {
    Attempt attempt = attempts.get(radius);
    return attempt != null && attempt.broke(row);
  }

  private static boolean isSaved(Map<Double, Attempt> attempts, int row) {
    boolean broken = false;
    for (Attempt attempt : attempts.values()) {
      if (broken && !attempt.broke(row)) {
        return true;
      }
      broken |= attempt.broke(row);
    }
    return false;
  }

  /** At 0.5 every image can become the same grey, which has one class. */
  private static int beyondOneClass(CheckedAttack attack, Map<Double, Attempt> attempts) {
    Attempt grey = attempts.get(GREY);
    if (grey == null || !(attack.goal() instanceof Goal.Untargeted)) {
      return 0;
    }
    int[] ofClass = new int[attack.model().classes()];
    int largest = 0;
    for (int row : grey.attempted()) {
      largest = Math.max(largest, ++ofClass[grey.input().labels()[row]]);
    }
    return Math.max(0, grey.survivors().length - largest);
  }

  private static String text(
      Map<Double, Attempt> attempts, int[] asked, boolean allInReach, int unbroken) {
    List<String> points = new ArrayList<>();
    int saved = 0;
    for (int row : asked) {
      saved += isSaved(attempts, row) ? 1 : 0;
    }
    attempts.forEach(
        (radius, attempt) ->
            points.add(
                String.format(
                    Locale.ROOT,
                    "%s at %.4g",
                    new Share(attempt.broken().length, asked.length),
                    radius)));
    return "Broken: "
        + String.join(", ", points)
        + "; "
        + saved
        + " samples are broken at one radius and not at a larger one"
        + (allInReach ? ", and " + unbroken + " are not even broken at 1." : ".");
  }
}
