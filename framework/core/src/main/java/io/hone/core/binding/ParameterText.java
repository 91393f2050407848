package io.hone.core.binding;

import io.hone.core.component.ComponentDescriptor;
import io.hone.core.diagnostics.Diagnostics;
import io.hone.core.diagnostics.SourceText;
import io.hone.core.yaml.YamlReader;
import java.util.List;
import java.util.Optional;

/** Binds parameters that are in a text of their own, such as a component's example. */
public final class ParameterText {
  private final PathResolver paths;

  /** Creates a binder whose relative paths are found as told. */
  public ParameterText(PathResolver paths) {
    this.paths = paths;
  }

  /**
   * Returns a component's parameters.
   *
   * @param yaml a flow mapping such as {@code {epsilon: 0.1}}
   * @throws io.hone.core.diagnostics.ScenarioException with everything that is wrong
   */
  public Bound<? extends Record> bind(ComponentDescriptor component, String yaml) {
    Diagnostics diagnostics = new Diagnostics();
    String name = "parameters of " + component.kind().word() + " '" + component.id() + "'";
    Optional<? extends Bound<? extends Record>> bound =
        new Binder(paths, List.of(), diagnostics)
            .record(
                RecordShape.ofComponent(component),
                YamlReader.parse(SourceText.ofOption(name, yaml)));
    diagnostics.throwIfAny();
    return bound.orElseThrow();
  }

  /**
   * Returns the parameters of a component's own {@code example}.
   *
   * @throws io.hone.core.diagnostics.ScenarioException with everything that is wrong
   */
  public Bound<? extends Record> bindExample(ComponentDescriptor component) {
    return bind(component, component.example());
  }
}
