package io.hone.core.scenario;

import java.util.List;

/**
 * A value that may be written alone or as a list.
 *
 * @param values at least one
 */
record OneOrMore<T>(List<T> values) {
  OneOrMore {
    values = List.copyOf(values);
  }
}
