package io.hone.engine.check;

import io.hone.api.AttackProfile;
import io.hone.api.geometry.Norm;
import io.hone.api.run.TrustFlag;
import io.hone.engine.results.CheckState;
import io.hone.engine.step.UnitInput;
import io.hone.scenario.Goal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Whether the attack reaches every class where it may change everything: a class that no sample
 * reaches has logits that do not lead there. Source: Carlini et al. 2019, section 5.
 */
public final class EveryTarget implements AttackCheck {
  /** Of many classes, as many are tried, evenly spread. */
  private static final int MOST_CLASSES = 10;

  private static final int SAMPLES = 10;

  @Override
  public String id() {
    return "every-target";
  }

  @Override
  public String measure() {
    return "share of classes that no sample reaches with the largest radius";
  }

  @Override
  public String threshold() {
    return "0";
  }

  @Override
  public Optional<String> flag() {
    return Optional.of(TrustFlag.MASKED_GRADIENT);
  }

  @Override
  public Finding look(CheckedAttack attack) {
    Optional<Norm> norm = attack.norm();
    if (norm.isEmpty() || !attack.fillsBall()) {
      return Finding.notApplicable(
          "The attack has no radius that could be larger, or bounds that are narrower.");
    }
    if (!pursuesTargets(attack)) {
      return Finding.notApplicable("The attack pursues no targets.");
    }
    if (!attack.iterates()) {
      return Finding.notApplicable(WeakAttack.REASON);
    }
    int classes = attack.model().classes();
    int tried = Math.min(MOST_CLASSES, classes);
    double most = norm.get().diameter(attack.tools().setting().shape().features());
    Variant widest = attack.variant().withRadius(most);
    List<Integer> unreached = new ArrayList<>();
    int asked = 0;
    for (int index = 0; index < tried; index++) {
      int target = (int) ((long) index * classes / tried);
      int[] rows = others(attack.model().samples(), target);
      if (rows.length == 0) {
        continue;
      }
      asked++;
      Attempt attempt =
          attack.attempt(
              widest.towards(new Goal.Fixed(target)), Rows.select(attack.model().samples(), rows));
      if (attempt.broken().length == 0) {
        unreached.add(target);
      }
    }
    Share share = new Share(unreached.size(), asked);
    return Finding.of(
        unreached.isEmpty() ? CheckState.PASS : CheckState.FAIL,
        share.value(),
        "Up to "
            + SAMPLES
            + " samples were attacked toward each of "
            + asked
            + " classes with a radius of "
            + most
            + "; "
            + (unreached.isEmpty()
                ? "every class was reached."
                : "no sample reached " + unreached + "."),
        "The loss does not lead to these classes: try a margin in place of cross-entropy, and check"
            + " that the model can answer with them at all.");
  }

  private static boolean pursuesTargets(CheckedAttack attack) {
    return attack
        .descriptor()
        .profile()
        .map(profile -> Arrays.asList(profile.goals()).contains(AttackProfile.Goal.TARGETED))
        .orElse(attack.goal().targeted());
  }

  private static int[] others(UnitInput samples, int target) {
    return IntStream.range(0, samples.size())
        .filter(row -> samples.labels()[row] != target)
        .limit(SAMPLES)
        .toArray();
  }
}
