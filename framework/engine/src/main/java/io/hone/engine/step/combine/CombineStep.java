package io.hone.engine.step.combine;

import io.hone.api.metric.StepKind;
import io.hone.api.metric.StepKind.Trait;
import io.hone.engine.step.Distance;
import io.hone.engine.step.StepContext;
import io.hone.engine.step.StepLabel;
import io.hone.engine.step.StepType;
import io.hone.engine.step.StepWorker;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.Reception;
import io.hone.scenario.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Keeps of several steps' examples, sample by sample, the success with the smallest distance from
 * the clean image: what an attacker reaches who tries them all.
 */
public final class CombineStep implements StepType<CombineSection> {
  private static final StepKind KIND = StepKind.of("combine", Trait.PERTURBS);
  private static final String CHOICES =
      Arrays.stream(Distance.values()).map(Distance::word).collect(Collectors.joining(", "));

  @Override
  public StepKind kind() {
    return KIND;
  }

  @Override
  public String noun() {
    return "combination";
  }

  @Override
  public Class<CombineSection> section() {
    return CombineSection.class;
  }

  @Override
  public Reception reception() {
    return Reception.joining(KIND.name(), kind -> kind.has(Trait.PERTURBS));
  }

  @Override
  public List<BoundComponent<?>> components(CombineSection section) {
    return List.of();
  }

  @Override
  public Optional<String> problem(CombineSection section, List<Step> received) {
    return distance(section, received).isPresent()
        ? Optional.empty()
        : Optional.of(
            "the attacks "
                + String.join(
                    ", ", new TreeSet<>(Distance.attacks(received).map(Step::id).toList()))
                + " have no norm in common; say with 'norm' which distance decides: "
                + CHOICES);
  }

  /** Returns the distance that decides; empty where the attacks have none in common. */
  private static Optional<Distance> distance(CombineSection section, List<Step> received) {
    return section.norm().or(() -> Distance.ofAttacks(received));
  }

  @Override
  public StepWorker prepare(Step step, CombineSection section, StepContext context) {
    return new CombineWorker(
        step, distance(section, step.received()).orElseThrow(), context.setting().shape());
  }

  @Override
  public StepLabel label(Step step, CombineSection section) {
    String norm = distance(section, step.received()).orElseThrow().word();
    return new StepLabel("nearest", norm, "");
  }

  @Override
  public String sentence(String use, String of) {
    return "the nearest success of " + of + ", sample by sample";
  }
}
