package io.hone.bench;

import io.hone.api.BadInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What processes of peers print: one JSON object whose names are in snake case. */
final class PeerFigures {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private PeerFigures() {}

  /**
   * Reads what a peer printed.
   *
   * @param figures their type
   * @param peer in words, for an error
   * @throws BadInputException if the answer is of another form
   */
  static <T> T read(Class<T> figures, String answer, String peer) {
    try {
      return MAPPER.readValue(answer, figures);
    } catch (JacksonException e) {
      throw new BadInputException(
          peer + " printed no figures but \"" + answer + "\"; run it by hand to see why", e);
    }
  }

  /** Writes figures for {@link #read}. */
  static String write(Object figures) {
    return MAPPER.writeValueAsString(figures);
  }
}
