package io.hone.api.run;

import io.hone.api.stability.Stability;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A part of a component's work, such as one of several attacks that it runs in turn.
 *
 * @param name lower case words joined by hyphens, unique among the component's parts; it keys the
 *     part's random streams and names it in results
 * @param use the id of the component that does the work
 * @param parameters of that component, as plain values by their names in scenarios
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record Part(String name, String use, Map<String, Object> parameters) {
  /** Checks the name and copies the parameters, in their order. */
  public Part {
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException(
          "the name of a part is lower case words joined by hyphens, not '" + name + "'");
    }
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }
}
