package io.hone.core.component;

import io.hone.api.attack.AttackProfile;
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
  private static final String PARAMETER = "norm";

  /**
   * Returns the norm that an attack works in, as scenarios write it: what its parameter {@code
   * norm} says, or else the only one of its profile. Empty where neither tells.
   */
  public Optional<String> norm() {
    return Optional.ofNullable(effective.get(PARAMETER))
        .map(Object::toString)
        .or(() -> descriptor.profile().flatMap(BoundComponent::onlyNorm));
  }

  private static Optional<String> onlyNorm(AttackProfile profile) {
    return profile.norms().length == 1
        ? KebabCase.ofConstant(profile.norms()[0])
        : Optional.empty();
  }
}
