package io.hone.scenario.diagnostics;

import java.util.Comparator;

/**
 * A place in a text that a user wrote.
 *
 * @param source the text
 * @param line counted from 1
 * @param column in code points, counted from 1
 */
public record Place(SourceText source, int line, int column) {
  /** The order in which a reader meets places: files before options, then from top to bottom. */
  static final Comparator<Place> READING_ORDER =
      Comparator.comparing((Place place) -> !place.source().isFile())
          .thenComparingInt(Place::line)
          .thenComparingInt(Place::column);

  /** Returns {@code file:line:column}, or the option alone. */
  @Override
  public String toString() {
    return source.isFile() ? source.name() + ":" + line + ":" + column : source.name();
  }
}
