package io.hone.scenario.binding;

import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentRegistry;
import io.hone.scenario.diagnostics.Diagnostics;
import io.hone.scenario.diagnostics.SourceText;
import io.hone.scenario.yaml.PlainValues;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlReader;
import java.util.Map;
import java.util.Optional;

/** Binds parameters that are in a text of their own, such as a component's example. */
final class ParameterText {
  private final PathResolver paths;
  private final ComponentRegistry registry;

  /**
   * Creates a binder whose relative paths are found as told.
   *
   * @param registry holds the components that parameters may name
   */
  ParameterText(PathResolver paths, ComponentRegistry registry) {
    this.paths = paths;
    this.registry = registry;
  }

  /**
   * Returns a component's parameters.
   *
   * @param yaml a flow mapping such as {@code {epsilon: 0.1}}
   * @throws io.hone.scenario.diagnostics.ScenarioException with everything that is wrong
   */
  Bound<? extends Record> bind(ComponentDescriptor component, String yaml) {
    return bind(component, YamlReader.parse(SourceText.ofOption(name(component), yaml)));
  }

  private static String name(ComponentDescriptor component) {
    return "parameters of " + component.kind().word() + " '" + component.id() + "'";
  }

  private Bound<? extends Record> bind(ComponentDescriptor component, YamlNode values) {
    Diagnostics diagnostics = new Diagnostics();
    Optional<? extends Bound<? extends Record>> bound =
        new Binder(paths, UseSyntaxes.of(registry), diagnostics)
            .record(RecordShape.ofComponent(component), values);
    bound.ifPresent(
        parameters -> ComponentSyntax.isPossible(component, parameters, values, diagnostics));
    diagnostics.throwIfAny();
    return bound.orElseThrow();
  }

  /**
   * Returns a component's parameters.
   *
   * @param values by their names, as plain values
   * @throws io.hone.scenario.diagnostics.ScenarioException with everything that is wrong
   */
  Bound<? extends Record> bind(ComponentDescriptor component, Map<String, ?> values) {
    return bind(component, PlainValues.of(name(component), values));
  }

  /**
   * Returns the parameters of a component's own {@code example}.
   *
   * @throws io.hone.scenario.diagnostics.ScenarioException with everything that is wrong
   */
  Bound<? extends Record> bindExample(ComponentDescriptor component) {
    return bind(component, component.example());
  }
}
