package io.hone.scenario.binding;

import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import java.nio.file.Path;
import java.util.Map;

/**
 * Gives a component parameters that do not come from a scenario: its defaults, or those the
 * framework chooses.
 */
public final class ComponentParameters {
  private final ComponentRegistry registry;

  /**
   * Creates the binding.
   *
   * @param registry holds the components that parameters may name
   */
  public ComponentParameters(ComponentRegistry registry) {
    this.registry = registry;
  }

  /**
   * Returns a component with the parameters in a YAML flow mapping, defaults filled in.
   *
   * @throws io.hone.scenario.diagnostics.ScenarioException if a parameter is wrong, or one without
   *     default is missing
   */
  public <C> BoundComponent<C> bind(InstalledComponent<C> component, String yaml) {
    return bound(component, reader().bind(component.descriptor(), yaml));
  }

  /**
   * Returns a component with parameters that a program gives as plain values, defaults filled in.
   *
   * @throws io.hone.scenario.diagnostics.ScenarioException if a parameter is wrong, or one without
   *     default is missing
   */
  public <C> BoundComponent<C> bind(InstalledComponent<C> component, Map<String, ?> values) {
    return bound(component, reader().bind(component.descriptor(), values));
  }

  /**
   * Returns a component with parameters that a program gives as a record. They are checked like
   * those of a scenario.
   *
   * @throws io.hone.scenario.diagnostics.ScenarioException if a parameter is wrong
   */
  public <C> BoundComponent<C> bind(InstalledComponent<C> component, Record values) {
    return bind(component, RecordValues.of(values, component.descriptor().parameters()));
  }

  private ParameterText reader() {
    Path here = Path.of("").toAbsolutePath();
    return new ParameterText(new PathResolver(here, here), registry);
  }

  private static <C> BoundComponent<C> bound(
      InstalledComponent<C> component, Bound<? extends Record> bound) {
    return new BoundComponent<>(
        component.descriptor(), component.instance(), bound.value(), bound.mapping());
  }
}
