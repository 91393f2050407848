package io.hone.api.train;

import io.hone.api.stability.Stability;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A component that a trainer uses, with parameters as a scenario would give them. The framework
 * looks the component up and checks the parameters before the first example is made.
 *
 * @param kind of component
 * @param id of the component
 * @param parameters plain values by their names in scenarios; the others have their defaults
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record ComponentUse(Kind kind, String id, Map<String, Object> parameters) {
  /** The kinds of component that a trainer may use. */
  public enum Kind {
    /** Looks for adversarial examples, or adds noise. */
    ATTACK,
    /** Removes redundant perturbation. */
    IMPROVER
  }

  /** Copies the parameters in the order of their names, the same in every process. */
  public ComponentUse {
    parameters = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(parameters)));
  }

  /** Returns the use of an attack. */
  public static ComponentUse attack(String id, Map<String, Object> parameters) {
    return new ComponentUse(Kind.ATTACK, id, parameters);
  }

  /** Returns the use of an improver. */
  public static ComponentUse improver(String id, Map<String, Object> parameters) {
    return new ComponentUse(Kind.IMPROVER, id, parameters);
  }
}
