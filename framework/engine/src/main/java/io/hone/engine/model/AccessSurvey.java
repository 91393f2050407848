package io.hone.engine.model;

import io.hone.api.Attack;
import io.hone.api.BadInputException;
import io.hone.api.Improver;
import io.hone.api.victim.Access;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.scenario.binding.ComponentParameters;
import java.util.List;
import java.util.Optional;

/** Finds the components that get by with what a model offers. */
public final class AccessSurvey {
  private AccessSurvey() {}

  /**
   * Returns the ids of the attacks or improvers that need no more than is offered, with the
   * parameters of their examples; sorted.
   *
   * @param kind attack or improver
   */
  public static List<String> within(
      ComponentRegistry registry, ComponentKind kind, Access offered) {
    return registry.all(kind).stream()
        .filter(component -> needed(component, registry).filter(offered::covers).isPresent())
        .map(component -> component.descriptor().id())
        .toList();
  }

  private static Optional<Access> needed(
      InstalledComponent<?> component, ComponentRegistry registry) {
    try {
      return access(
          new ComponentParameters(registry).bind(component, component.descriptor().example()));
    } catch (BadInputException unfit) {
      // An example may name files that are not here; such a component is not recommended.
      return Optional.empty();
    }
  }

  @SuppressWarnings("unchecked") // the parameters were bound for this very component
  private static Optional<Access> access(BoundComponent<?> bound) {
    if (bound.instance() instanceof Attack<?> attack) {
      return Optional.of(((Attack<Record>) attack).access(bound.parameters()));
    }
    if (bound.instance() instanceof Improver<?> improver) {
      return Optional.of(((Improver<Record>) improver).access(bound.parameters()));
    }
    return Optional.empty();
  }
}
