package io.hone.engine.check;

import io.hone.api.run.TrustFlag;
import io.hone.engine.results.CheckResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What all self-checks of a run found.
 *
 * @param results one for each check and what it looked at
 * @param flags of trust that failures raise, by the entry that they speak against
 */
public record CheckOutcome(List<CheckResult> results, Map<String, List<TrustFlag>> flags) {
  /** No checks were made. */
  public static final CheckOutcome NONE = new CheckOutcome(List.of(), Map.of());

  /** Returns the flags that speak against an entry, beside those of what it received. */
  public List<TrustFlag> flags(String entry) {
    return flags.getOrDefault(entry, List.of());
  }

  /** Takes in results one by one. */
  static final class Collector {
    private final List<CheckResult> results = new ArrayList<>();
    private final Map<String, List<TrustFlag>> flags = new HashMap<>();

    void add(CheckResult result) {
      results.add(result);
    }

    void raise(String entry, TrustFlag flag) {
      flags.computeIfAbsent(entry, name -> new ArrayList<>()).add(flag);
    }

    CheckOutcome outcome() {
      return new CheckOutcome(List.copyOf(results), Map.copyOf(flags));
    }
  }
}
