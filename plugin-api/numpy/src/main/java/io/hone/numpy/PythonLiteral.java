package io.hone.numpy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the dictionary in a NumPy header: strings, booleans, tuples of whole numbers, and lists,
 * which are skipped.
 */
final class PythonLiteral {
  private final String text;
  private int position;

  PythonLiteral(String text) {
    this.text = text;
  }

  /**
   * Returns the fields; a string as String, a boolean as Boolean, a tuple of numbers as {@code
   * long[]}, and a list as the text between its brackets in a {@link StringBuilder}.
   *
   * @throws IllegalArgumentException naming what was expected
   */
  Map<String, Object> dictionary() {
    Map<String, Object> fields = new HashMap<>();
    expect('{');
    while (!accept('}')) {
      String key = string();
      expect(':');
      if (fields.put(key, value()) != null) {
        throw new IllegalArgumentException("'" + key + "' is given twice");
      }
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    skipSpace();
    if (position < text.length()) {
      throw new IllegalArgumentException("more follows the closing brace");
    }
    return fields;
  }

  private Object value() {
    skipSpace();
    char next = peek();
    if (next == '\'' || next == '"') {
      return string();
    }
    if (next == '(') {
      return tuple();
    }
    if (next == '[') {
      return list();
    }
    for (Boolean value : List.of(Boolean.TRUE, Boolean.FALSE)) {
      String word = value ? "True" : "False";
      if (text.startsWith(word, position)) {
        position += word.length();
        return value;
      }
    }
    throw expected("a string, a tuple, True or False");
  }

  private String string() {
    skipSpace();
    char quote = peek();
    int end = quote == '\'' || quote == '"' ? text.indexOf(quote, position + 1) : -1;
    if (end < 0) {
      throw expected("a string in quotes");
    }
    String value = text.substring(position + 1, end);
    position = end + 1;
    return value;
  }

  private long[] tuple() {
    List<Long> sizes = new ArrayList<>();
    expect('(');
    while (!accept(')')) {
      sizes.add(number());
      if (!accept(',')) {
        expect(')');
        break;
      }
    }
    return sizes.stream().mapToLong(Long::longValue).toArray();
  }

  private long number() {
    skipSpace();
    int start = position;
    while (position < text.length() && Character.isDigit(text.charAt(position))) {
      position++;
    }
    if (start == position) {
      throw expected("a whole number that is not negative");
    }
    String digits = text.substring(start, position);
    // Python 2 wrote long integers as 60000L.
    if (position < text.length() && text.charAt(position) == 'L') {
      position++;
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(digits + " is too large a size", e);
    }
  }

  private StringBuilder list() {
    int start = position;
    int depth = 0;
    do {
      char next = peek();
      depth += next == '[' ? 1 : next == ']' ? -1 : 0;
      position++;
    } while (depth > 0);
    return new StringBuilder(text.substring(start + 1, position - 1));
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      throw expected("'" + wanted + "'");
    }
  }

  private boolean accept(char wanted) {
    skipSpace();
    if (position < text.length() && text.charAt(position) == wanted) {
      position++;
      return true;
    }
    return false;
  }

  private char peek() {
    if (position >= text.length()) {
      throw new IllegalArgumentException("it ends early");
    }
    return text.charAt(position);
  }

  private void skipSpace() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private IllegalArgumentException expected(String what) {
    return new IllegalArgumentException(what + " is expected at character " + position);
  }
}
