package io.hone.engine.check;

import io.hone.api.run.TrustFlag;
import io.hone.engine.results.CheckState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Whether ten times the steps, or five times the restarts, break more samples, and whether the loss
 * still falls at the end. Source: Carlini et al. 2019, section 5.
 */
public final class Convergence implements AttackCheck {
  private static final double TOLERATED = 0.01;
  private static final double STILL_FALLING = 0.01;
  private static final double BEFORE_THE_END = 0.9;
  private static final int FEWEST_STEPS = 10;

  /** A parameter by its usual name, and how much more of it is tried. */
  private record More(String parameter, int factor) {}

  private static final List<More> TRIED = List.of(new More("steps", 10), new More("restarts", 5));

  @Override
  public String id() {
    return "convergence";
  }

  @Override
  public String measure() {
    return "share of samples that only 10 times the steps or 5 times the restarts break";
  }

  @Override
  public String threshold() {
    return TOLERATED + Share.FEW;
  }

  @Override
  public Optional<String> flag() {
    return Optional.of(TrustFlag.NOT_CONVERGED);
  }

  @Override
  public Finding look(CheckedAttack attack) {
    List<More> possible =
        TRIED.stream().filter(more -> attack.whole(more.parameter()).isPresent()).toList();
    if (possible.isEmpty()) {
      return Finding.notApplicable("The attack has neither steps nor restarts to try more of.");
    }
    int[] left = attack.own().survivors();
    Set<Integer> gained = new HashSet<>();
    List<String> tried = new ArrayList<>();
    for (More more : possible) {
      OptionalLong own = attack.whole(more.parameter());
      long tenfold = own.getAsLong() * more.factor();
      Attempt longer =
          attack.attempt(
              attack.variant().with(more.parameter(), tenfold),
              Rows.select(attack.own().input(), left));
      for (int row : longer.broken()) {
        gained.add(left[row]);
      }
      tried.add(longer.broken().length + " more with " + more.parameter() + ": " + tenfold);
    }
    double falling = falling(attack, left);
    Share share = new Share(gained.size(), attack.own().attempted().length);
    CheckState state = share.state(TOLERATED);
    return Finding.of(
        state == CheckState.PASS && falling > STILL_FALLING ? CheckState.WARN : state,
        share.value(),
        "The attack breaks "
            + String.join(" and ", tried)
            + (falling > STILL_FALLING
                ? String.format(
                    Locale.ROOT,
                    "; in the last tenth of its steps the loss still falls by %.1f %%.",
                    100 * falling)
                : "."),
        "Raise "
            + String.join(" or ", possible.stream().map(More::parameter).toList())
            + " until nothing is gained, or take an attack that adapts its step size.");
  }

  /** Returns by what share of itself the mean loss falls in the last tenth of the steps. */
  private static double falling(CheckedAttack attack, int[] left) {
    double before = 0;
    double end = 0;
    for (int row : left) {
      Watched watched = attack.watched().watched(attack.own().input().images().sample(row));
      if (watched.asked() < FEWEST_STEPS) {
        return 0;
      }
      before += watched.lowest(BEFORE_THE_END);
      end += watched.lowest(1);
    }
    double fall = (before - end) / Math.abs(before);
    return Double.isFinite(fall) ? fall : 0;
  }
}
