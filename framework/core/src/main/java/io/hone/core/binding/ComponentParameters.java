package io.hone.core.binding;

import io.hone.core.component.BoundComponent;
import io.hone.core.component.InstalledComponent;
import java.nio.file.Path;
import java.util.Map;

/**
 * Gives a component parameters that do not come from a scenario: its defaults, or those the
 * framework chooses.
 */
public final class ComponentParameters {
  private ComponentParameters() {}

  /**
   * Returns a component with the parameters in a YAML flow mapping, defaults filled in.
   *
   * @throws io.hone.core.diagnostics.ScenarioException if a parameter is wrong, or one without
   *     default is missing
   */
  public static <C> BoundComponent<C> bind(InstalledComponent<C> component, String yaml) {
    Path here = Path.of("").toAbsolutePath();
    Bound<? extends Record> bound =
        new ParameterText(new PathResolver(here, here)).bind(component.descriptor(), yaml);
    return new BoundComponent<>(
        component.descriptor(), component.instance(), bound.value(), plain(bound.plain()));
  }

  @SuppressWarnings("unchecked") // the binder gives records as maps by YAML key
  private static Map<String, Object> plain(Object value) {
    return (Map<String, Object>) value;
  }
}
