package io.hone.engine.check;

import io.hone.api.run.TrustFlag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether examples made against another model, best one like this without its defense, break
 * samples that the attack on the model itself does not. Source: Athalye et al. 2018, section 3.1.
 */
public final class Transfer implements AttackCheck {
  private static final double TOLERATED = 0.01;

  @Override
  public String id() {
    return "transfer";
  }

  @Override
  public String measure() {
    return "share of samples that only examples made against another model break";
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
    List<CheckedModel.Twin> twins = attack.model().twins();
    if (twins.isEmpty()) {
      return Finding.notApplicable(
          "The scenario names no other model: write check: {twin: {card: ...}}, or vary model.card"
              + " in the matrix.");
    }
    if (attack.ball().isEmpty()) {
      return Finding.notApplicable("The attack has no radius, so every sample counts as broken.");
    }
    int[] left = attack.own().survivors();
    Set<Integer> broken = new HashSet<>();
    List<String> told = new ArrayList<>();
    for (CheckedModel.Twin twin : twins) {
      Attempt made =
          attack.attempt(
              attack.variant().against(twin.classifier()), Rows.select(attack.own().input(), left));
      int[] predicted = attack.model().predict(made.input().images().with(made.images()));
      int fooled = 0;
      for (int row = 0; row < predicted.length; row++) {
        if (made.sample(row).wants(predicted[row], made.input().labels()[row])) {
          broken.add(left[row]);
          fooled++;
        }
      }
      told.add(fooled + " made against " + twin.name());
    }
    Share share = new Share(broken.size(), attack.own().attempted().length);
    Finding finding =
        share.finding(
            TOLERATED,
            "Of the samples that the attack left, examples of other models break: "
                + String.join(", ", told)
                + ".",
            "The gradients of this model hide what is there: attack it through a model without the"
                + " defense, or by scores only.");
    return attack.iterates() ? finding : finding.atMostWarning(WeakAttack.REASON);
  }
}
