package io.hone.scenario.binding;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value that was read from YAML.
 *
 * @param value typed
 * @param plain the same as plain values by YAML key, defaults filled in and paths as written; null
 *     for an optional value that is absent
 */
public record Bound<T>(T value, @Nullable Object plain) {
  /** Returns the plain values of a record by YAML key. */
  @SuppressWarnings("unchecked") // the binder makes a mapping of every record
  public Map<String, Object> mapping() {
    return (Map<String, Object>) Objects.requireNonNull(plain);
  }
}
