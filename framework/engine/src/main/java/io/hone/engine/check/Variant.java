package io.hone.engine.check;

import io.hone.api.Attack;
import io.hone.api.model.Classifier;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.scenario.Goal;
import io.hone.scenario.binding.ComponentParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an attack is tried by a check.
 *
 * @param attack with its parameters
 * @param goal what it wants
 * @param victim the model that it asks
 * @param budgeted whether the budget of the step holds
 * @param registry of the components that parameters may name
 */
record Variant(
    BoundComponent<Attack<Record>> attack,
    Goal goal,
    Classifier victim,
    boolean budgeted,
    ComponentRegistry registry) {
  /**
   * Returns this variant with another value of a parameter, without a budget: what a check tries
   * may take longer.
   *
   * @throws io.hone.api.BadInputException if the attack refuses the value
   */
  Variant with(String parameter, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(attack.effective());
    changed.put(parameter, value);
    return with(
        new ComponentParameters(registry)
            .bind(new InstalledComponent<>(attack.descriptor(), attack.instance()), changed));
  }

  /**
   * Returns this variant with another radius, without a budget. The attacks that this one runs get
   * the same radius: one that kept to a smaller one would not move any farther.
   *
   * @throws io.hone.api.BadInputException if an attack refuses the radius
   */
  Variant withRadius(double radius) {
    Map<String, Object> changed = new LinkedHashMap<>();
    attack.effective().forEach((name, value) -> changed.put(name, within(value, radius)));
    String own = attack.descriptor().radius().orElseThrow();
    changed.put(own, radius);
    return new Variant(
        new ComponentParameters(registry)
            .bind(new InstalledComponent<>(attack.descriptor(), attack.instance()), changed),
        goal,
        victim,
        false,
        registry);
  }

  /** Gives a radius to every attack that is named in a value of a parameter. */
  private Object within(Object value, double radius) {
    if (value instanceof List<?> list) {
      return list.stream().map(item -> within(item, radius)).toList();
    }
    if (!(value instanceof Map<?, ?> named)) {
      return value;
    }
    Map<String, Object> changed = new LinkedHashMap<>();
    named.forEach((key, part) -> changed.put(key.toString(), within(part, radius)));
    if (named.get("use") instanceof String id && changed.get("with") instanceof Map<?, ?> with) {
      Map<String, Object> parameters = new LinkedHashMap<>();
      with.forEach((key, part) -> parameters.put(key.toString(), part));
      registry
          .find(ComponentKind.ATTACK, id)
          .flatMap(installed -> installed.descriptor().radius())
          .filter(parameters::containsKey)
          .ifPresent(name -> parameters.put(name, radius));
      changed.put("with", parameters);
    }
    return changed;
  }

  /** Returns this variant with another attack, without a budget. */
  Variant with(BoundComponent<Attack<Record>> other) {
    return new Variant(other, goal, victim, false, registry);
  }

  /** Returns this variant with another goal. */
  Variant towards(Goal other) {
    return new Variant(attack, other, victim, budgeted, registry);
  }

  /** Returns this variant against another model. */
  Variant against(Classifier other) {
    return new Variant(attack, goal, other, budgeted, registry);
  }
}
