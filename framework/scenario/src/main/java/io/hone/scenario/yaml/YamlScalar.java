package io.hone.scenario.yaml;

import io.hone.scenario.diagnostics.Place;
import org.jspecify.annotations.Nullable;

/**
 * A single value.
 *
 * @param place where it is
 * @param text as written, without quotes
 * @param value what YAML 1.2's core schema makes of it, but for whole numbers that are not plainly
 *     decimal, such as 0x10 and 010, which stay text: {@link String}, {@link Integer}, {@link
 *     Long}, {@link java.math.BigInteger}, {@link Double}, {@link Boolean} or null
 */
public record YamlScalar(Place place, String text, @Nullable Object value) implements YamlNode {
  private static final int SHOWN = 60;

  @Override
  public long size() {
    return 1;
  }

  @Override
  public @Nullable Object plain() {
    return value;
  }

  @Override
  public String describe() {
    if (value == null) {
      return "nothing";
    }
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    return value instanceof String ? "the text '" + shown.replace("\n", "\\n") + "'" : shown;
  }
}
