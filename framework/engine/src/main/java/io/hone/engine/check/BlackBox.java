package io.hone.engine.check;

import io.hone.api.Attack;
import io.hone.api.geometry.Norm;
import io.hone.api.run.TrustFlag;
import io.hone.api.victim.Access;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.InstalledComponent;
import io.hone.host.component.ParameterDescriptor;
import io.hone.scenario.binding.ComponentParameters;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether an attack that sees scores only breaks samples that an attack by gradients does not.
 * Source: AutoAttack's check of its last stage (0.2 percentage points), with fewer queries.
 */
public final class BlackBox implements AttackCheck {
  private static final double TOLERATED = 0.002;
  private static final String QUERIES = "queries";

  /** AutoAttack makes 5,000; most of what an attack finds it finds early. */
  private static final int MOST_QUERIES = 1000;

  @Override
  public String id() {
    return "black-box";
  }

  @Override
  public String measure() {
    return "share of samples that only an attack by scores breaks, with 1,000 queries";
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
    if (!attack.followsGradients()) {
      return Finding.notApplicable("The attack follows no gradient that could be masked.");
    }
    if (attack.ball().isEmpty()) {
      return Finding.notApplicable("The attack has no radius that another attack could keep to.");
    }
    if (attack.goal().targeted()) {
      // A random search that must reach one class says too little with few queries.
      return Finding.notApplicable("The goal is targeted; the check compares untargeted attacks.");
    }
    Norm norm = attack.norm().orElseThrow();
    double radius = attack.radius().orElseThrow();
    Optional<BoundComponent<Attack<Record>>> found = byScores(attack, norm, radius);
    if (found.isEmpty()) {
      return Finding.notApplicable(
          "No installed attack sees scores only and keeps to a radius in this norm; install Hone's"
              + " black-box attacks.");
    }
    int[] left = attack.own().survivors();
    Attempt other =
        attack.attempt(attack.variant().with(found.get()), Rows.select(attack.own().input(), left));
    Share share = new Share(other.broken().length, attack.own().attempted().length);
    Finding finding =
        share.finding(
            TOLERATED,
            found.get().descriptor().id()
                + " breaks "
                + share
                + " samples that the attack does not.",
            "The gradients are masked or the attack is too weak: report the stronger attack, and"
                + " look for steps without a slope, such as rounding, in the model.");
    return attack.iterates() ? finding : finding.atMostWarning(WeakAttack.REASON);
  }

  private static Optional<BoundComponent<Attack<Record>>> byScores(
      CheckedAttack attack, Norm norm, double radius) {
    for (ComponentDescriptor known : attack.tools().registry().descriptors(ComponentKind.ATTACK)) {
      Optional<ParameterDescriptor> choice = known.normChoice();
      Optional<String> word = choice.flatMap(parameter -> word(known, parameter, norm));
      if (known.radius().isEmpty() || word.isEmpty()) {
        continue;
      }
      InstalledComponent<Attack<Record>> installed =
          attack
              .tools()
              .registry()
              .<Attack<Record>>find(ComponentKind.ATTACK, known.id())
              .orElseThrow();
      Map<String, Object> values = new LinkedHashMap<>();
      values.put(known.radius().get(), radius);
      values.put(choice.orElseThrow().name(), word.get());
      known.parameters().stream()
          .filter(parameter -> parameter.name().equals(QUERIES))
          .forEach(parameter -> values.put(QUERIES, MOST_QUERIES));
      BoundComponent<Attack<Record>> bound =
          new ComponentParameters(attack.tools().registry()).bind(installed, values);
      if (bound.instance().access(bound.parameters()) == Access.SCORES) {
        return Optional.of(bound);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> word(
      ComponentDescriptor attack, ParameterDescriptor choice, Norm norm) {
    List<Norm> meant =
        attack.profile().map(profile -> Arrays.asList(profile.norms())).orElse(List.of());
    return choice.choices().stream()
        .filter(word -> attack.norm(Map.of(choice.name(), word)).equals(Optional.of(norm)))
        .filter(word -> meant.contains(norm))
        .findFirst();
  }
}
