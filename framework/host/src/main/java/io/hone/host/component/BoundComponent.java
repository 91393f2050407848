package io.hone.host.component;

import java.util.Map;
import java.util.Optional;

/**
 * A component with the parameters that a scenario gives it.
 *
 * @param <C> the extension point with its parameter type erased to {@code Record}, such as {@code
 *     Attack<Record>}
 * @param parameters an instance of the descriptor's parameter type
 * @param effective the same as plain values by YAML key, defaults filled in, for the results
 */
public record BoundComponent<C>(
    ComponentDescriptor descriptor, C instance, Record parameters, Map<String, Object> effective) {
  /** Returns the norm that the component works in, as scenarios write it; empty if unknown. */
  public Optional<String> norm() {
    return descriptor.norm(effective).flatMap(KebabCase::ofConstant);
  }
}
