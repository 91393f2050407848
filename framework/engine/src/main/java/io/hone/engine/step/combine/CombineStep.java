package io.hone.engine.step.combine;

import io.hone.api.metric.StepKind;
import io.hone.api.metric.StepKind.Trait;
import io.hone.engine.step.StepContext;
import io.hone.engine.step.StepLabel;
import io.hone.engine.step.StepType;
import io.hone.engine.step.StepWorker;
import io.hone.engine.step.combine.CombineSection.Distance;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.KebabCase;
import io.hone.scenario.Reception;
import io.hone.scenario.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps of several steps' examples, sample by sample, the success with the smallest distance from
 * the clean image: what an attacker reaches who tries them all.
 */
public final class CombineStep implements StepType<CombineSection> {
  private static final StepKind KIND = StepKind.of("combine", Trait.PERTURBS);
  private static final String CHOICES =
      Arrays.stream(Distance.values()).map(CombineStep::word).collect(Collectors.joining(", "));

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
                + String.join(", ", new TreeSet<>(attacks(received).map(Step::id).toList()))
                + " have no norm in common; say with 'norm' which distance decides: "
                + CHOICES);
  }

  /** Returns the distance that decides; empty where the attacks have none in common. */
  private static Optional<Distance> distance(CombineSection section, List<Step> received) {
    if (section.norm().isPresent()) {
      return section.norm();
    }
    List<Optional<String>> norms = attacks(received).map(CombineStep::norm).distinct().toList();
    return norms.size() == 1
        ? norms
            .get(0)
            .flatMap(
                norm ->
                    Arrays.stream(Distance.values())
                        .filter(distance -> word(distance).equals(norm))
                        .findFirst())
        : Optional.empty();
  }

  private static Stream<Step> attacks(List<Step> steps) {
    return steps.stream()
        .flatMap(step -> step.received().isEmpty() ? Stream.of(step) : attacks(step.received()));
  }

  private static Optional<String> norm(Step attack) {
    return attack.content().components().stream()
        .flatMap(component -> component.norm().stream())
        .findFirst();
  }

  private static String word(Distance distance) {
    return KebabCase.ofConstant(distance).orElseThrow();
  }

  @Override
  public StepWorker prepare(Step step, CombineSection section, StepContext context) {
    return new CombineWorker(
        step, distance(section, step.received()).orElseThrow(), context.setting().shape());
  }

  @Override
  public StepLabel label(Step step, CombineSection section) {
    String norm = word(distance(section, step.received()).orElseThrow());
    return new StepLabel("nearest", norm, "");
  }

  @Override
  public String sentence(String use, String of) {
    return "the nearest success of " + of + ", sample by sample";
  }
}
