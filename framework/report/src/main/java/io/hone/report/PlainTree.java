package io.hone.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads nested plain values, such as an effective scenario, without trusting their shape.
 *
 * @param root a map, list, text, number or null
 */
record PlainTree(Object root) {
  /** Returns the value below the given keys. */
  Optional<Object> at(String... keys) {
    Object value = root;
    for (String key : keys) {
      if (!(value instanceof Map<?, ?> map)) {
        return Optional.empty();
      }
      value = map.get(key);
    }
    return Optional.ofNullable(value);
  }

  /** Returns the value below the given keys on one line. */
  Optional<String> text(String... keys) {
    return at(keys).map(PlainTree::inline).filter(text -> !text.isBlank());
  }

  /**
   * Returns the entries of the map below the given keys, each on one line as {@code key value};
   * those without a value are left out.
   */
  List<String> pairs(String... keys) {
    List<String> pairs = new ArrayList<>();
    if (at(keys).orElse(null) instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            boolean given = value != null && !(value instanceof List<?> list && list.isEmpty());
            if (given) {
              pairs.add(key + " " + inline(value));
            }
          });
    }
    return pairs;
  }

  /** Returns the whole tree as indented lines. */
  String outline() {
    StringBuilder lines = new StringBuilder();
    outline(root, "", lines);
    return lines.toString();
  }

  private static void outline(Object value, String indent, StringBuilder lines) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, child) -> branch(indent, key + ":", child, lines));
    } else if (value instanceof Iterable<?> list) {
      list.forEach(child -> branch(indent, "-", child, lines));
    } else {
      lines.append(indent).append(inline(value)).append('\n');
    }
  }

  private static void branch(String indent, String head, Object child, StringBuilder lines) {
    lines.append(indent).append(head);
    if (isDeep(child)) {
      lines.append('\n');
      outline(child, indent + "  ", lines);
    } else {
      lines.append(' ').append(inline(child)).append('\n');
    }
  }

  private static boolean isDeep(Object value) {
    if (value instanceof Map<?, ?> map) {
      return !map.isEmpty();
    }
    return value instanceof List<?> list
        && list.stream().anyMatch(item -> item instanceof Map || item instanceof List);
  }

  private static String inline(Object value) {
    if (value instanceof List<?> list) {
      return "[" + String.join(", ", list.stream().map(PlainTree::inline).toList()) + "]";
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + ": " + inline(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return value == null ? "" : value.toString();
  }
}
