package io.hone.engine.check;

import io.hone.api.run.TrustFlag;
import java.util.Optional;

/**
 * Whether an attack met adversarial examples within its ball and emitted another image that is
 * none. Source: Pintor et al. 2022, indicator I1.
 */
public final class SilentSuccess implements AttackCheck {
  private static final double TOLERATED = 0;

  @Override
  public String id() {
    return "silent-success";
  }

  @Override
  public String measure() {
    return "share of samples that the attack broke on its way and did not return";
  }

  @Override
  public String threshold() {
    return "0" + Share.FEW;
  }

  @Override
  public Optional<String> flag() {
    return Optional.of(TrustFlag.SILENT_SUCCESS);
  }

  @Override
  public Finding look(CheckedAttack attack) {
    if (!attack.model().repeats().agree()) {
      return Finding.notApplicable(
          "The model answers differently each time, so that no image is adversarial for good; see"
              + " determinism.");
    }
    Attempt own = attack.own();
    int missed = 0;
    for (int row : own.attempted()) {
      missed +=
          attack
                  .watched()
                  .missed(
                      own.input().images().sample(row), own.sample(row), own.input().labels()[row])
              ? 1
              : 0;
    }
    Share share = new Share(missed, own.attempted().length);
    return share.finding(
        TOLERATED,
        "The attack was shown an adversarial image of its ball for "
            + share
            + " samples and emitted another image.",
        "Count the best image, not the last: stop at the first success, or report the attack as"
            + " weaker than it is.");
  }
}
