package io.hone.scenario.document;

import java.util.List;

/**
 * A value that may be written alone or as a list.
 *
 * @param values at least one
 */
public record OneOrMore<T>(List<T> values) {
  public OneOrMore {
    values = List.copyOf(values);
  }
}
