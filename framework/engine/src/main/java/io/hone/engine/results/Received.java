package io.hone.engine.results;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * The names of the entries that an entry received: in JSON a text where there is one, a list where
 * there are several, and an empty text where there is none.
 *
 * @param names in the order in which the scenario names them
 */
public record Received(List<String> names) {
  /** What the data set's own images received. */
  public static final Received NOTHING = new Received(List.of());

  public Received {
    names = List.copyOf(names);
  }

  /** Returns what is written. */
  @JsonValue
  Object written() {
    return names.size() > 1 ? names : first();
  }

  /** Reads what was written. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Received of(Object written) {
    if (written instanceof List<?> several) {
      return new Received(several.stream().map(String::valueOf).toList());
    }
    String name = written == null ? "" : written.toString();
    return name.isEmpty() ? NOTHING : new Received(List.of(name));
  }

  /** Returns one name. */
  public static Received of(String name) {
    return of((Object) name);
  }

  /** Returns the name that is given first; empty where there is none. */
  public String first() {
    return names.isEmpty() ? "" : names.get(0);
  }

  @Override
  public String toString() {
    return String.join(", ", names);
  }
}
