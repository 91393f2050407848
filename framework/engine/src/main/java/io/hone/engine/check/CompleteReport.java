package io.hone.engine.check;

import io.hone.engine.results.CheckState;
import io.hone.host.figure.FrameworkFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the results tell what a reader needs to judge an attack: clean accuracy, success, norm,
 * radius or distances. What each run tells anyway (samples attempted and skipped, queries, seed,
 * all parameters) needs no check.
 */
public final class CompleteReport implements AttackCheck {
  @Override
  public String id() {
    return "report";
  }

  @Override
  public String measure() {
    return "how many of five facts the results do not tell";
  }

  @Override
  public String threshold() {
    return "0; more only warns";
  }

  @Override
  public Optional<String> flag() {
    return Optional.empty();
  }

  @Override
  public Finding look(CheckedAttack attack) {
    List<String> figures = FrameworkFigures.of(attack.kind(), attack.tools().metrics());
    List<String> missing = new ArrayList<>();
    if (!figures.contains("accuracy")) {
      missing.add("clean and robust accuracy (metric accuracy)");
    }
    if (!figures.contains("success_rate")) {
      missing.add("success rate (metric success-rate)");
    }
    if (attack.norm().isEmpty()) {
      missing.add("the norm that the attack works in");
    }
    if (attack.radius().isEmpty() && !figures.contains("l2.mean")) {
      missing.add("radius or distances (metric distance)");
    }
    if (attack.own().attempted().length == 0) {
      missing.add("any attempted sample");
    }
    return Finding.of(
        missing.isEmpty() ? CheckState.PASS : CheckState.WARN,
        missing.size(),
        missing.isEmpty()
            ? "The results tell clean accuracy, samples attempted and skipped, norm, radius or"
                + " distances, all parameters, queries and seed."
            : "The results do not tell: " + String.join("; ", missing) + ".",
        "Add the metrics that are named to metrics, and tell the rest where you report the figure.");
  }
}
