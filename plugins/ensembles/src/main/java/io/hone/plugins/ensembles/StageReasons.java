package io.hone.plugins.ensembles;

import io.hone.api.run.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Why the stages that ran gave a sample up, and what that makes of the whole. */
final class StageReasons {
  /** What tells of one stage's way, and of the model only where all stages met it. */
  private static final Set<String> OF_ALL = Set.of(Reason.NAN, Reason.NO_GRADIENT);

  private final List<String> reasons = new ArrayList<>();

  /** Takes in what the next stage said; a stage that said nothing found nothing. */
  void add(Optional<String> reason) {
    reasons.add(reason.orElse(Reason.NOT_FOUND));
  }

  /**
   * Returns the reason of the whole: {@code budget} where a stage was short of queries, else that
   * of the last stage. {@code nan} and {@code no-gradient} hold only where every stage said so.
   */
  String ofAll() {
    if (reasons.contains(Reason.BUDGET)) {
      return Reason.BUDGET;
    }
    String last = reasons.get(reasons.size() - 1);
    boolean unanimous = reasons.stream().allMatch(last::equals);
    return OF_ALL.contains(last) && !unanimous ? Reason.NOT_FOUND : last;
  }
}
