package io.hone.scenario.yaml;

import io.hone.api.BadInputException;
import io.hone.host.component.KebabCase;
import io.hone.scenario.diagnostics.Place;
import io.hone.scenario.diagnostics.SourceText;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Plain values of a program as a tree, so that they are bound and refused like those of a file. */
public final class PlainValues {
  private final Place place;

  private PlainValues(String name) {
    this.place = SourceText.ofOption(name, "").at(1, 1);
  }

  /**
   * Returns the tree of a map.
   *
   * @param name of the values, which errors begin with
   * @param values texts, numbers, truth values, enum constants, null, collections and maps of these
   * @throws BadInputException if a value is none of these
   */
  public static YamlMapping of(String name, Map<String, ?> values) {
    return new PlainValues(name).mapping(values);
  }

  private YamlMapping mapping(Map<?, ?> values) {
    List<YamlMapping.Entry> entries = new ArrayList<>();
    values.forEach(
        (key, value) ->
            entries.add(
                new YamlMapping.Entry(
                    new YamlScalar(place, String.valueOf(key), String.valueOf(key)), node(value))));
    return new YamlMapping(place, entries);
  }

  private YamlNode node(Object value) {
    if (value instanceof Map<?, ?> map) {
      return mapping(map);
    }
    if (value instanceof Collection<?> items) {
      return new YamlSequence(place, items.stream().map(this::node).toList());
    }
    if (value instanceof Enum<?> constant) {
      String word = KebabCase.wordOf(constant);
      return new YamlScalar(place, word, word);
    }
    return new YamlScalar(place, String.valueOf(value), scalar(value));
  }

  private Object scalar(Object value) {
    if (value == null
        || value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || value instanceof BigInteger
        || value instanceof Double) {
      return value;
    }
    if (value instanceof Float number) {
      // By its decimal digits: 0.1f means 0.1, not 0.10000000149.
      return Double.valueOf(number.toString());
    }
    if (value instanceof Short || value instanceof Byte) {
      return ((Number) value).intValue();
    }
    if (value instanceof CharSequence || value instanceof Path) {
      return value.toString();
    }
    throw new BadInputException(
        place
            + ": a value of "
            + value.getClass().getName()
            + " is given; give a text, a number, true or false, an enum constant, a list or a map");
  }
}
