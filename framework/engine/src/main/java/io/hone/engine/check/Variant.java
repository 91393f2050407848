package io.hone.engine.check;

import io.hone.api.Attack;
import io.hone.api.model.Classifier;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.scenario.Goal;
import io.hone.scenario.binding.ComponentParameters;
import java.util.LinkedHashMap;
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
