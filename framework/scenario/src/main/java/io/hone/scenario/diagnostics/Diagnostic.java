package io.hone.scenario.diagnostics;

import java.util.List;

/**
 * One thing that is wrong, at its place.
 *
 * @param place where
 * @param message what is wrong
 * @param notes what helps: the names known there, the meaning of a key, the next step; one line
 *     each
 */
public record Diagnostic(Place place, String message, List<String> notes) {
  private static final int WIDTH = 160;
  private static final String INDENT = "    ";

  /** Copies the notes. */
  public Diagnostic {
    notes = List.copyOf(notes);
  }

  /** Returns {@code file:line:column: message}, the line with a caret below it, and the notes. */
  public String format() {
    StringBuilder text = new StringBuilder();
    text.append(place).append(": ").append(message);
    appendLine(text);
    for (String note : notes) {
      text.append('\n').append(INDENT).append(note);
    }
    return text.toString();
  }

  private void appendLine(StringBuilder text) {
    int[] line = place.source().line(place.line()).codePoints().map(Diagnostic::visible).toArray();
    int caret = Math.min(place.column() - 1, line.length);
    int from = Math.max(0, Math.min(caret - WIDTH / 2, line.length - WIDTH));
    int to = Math.min(line.length, from + WIDTH);
    String shown = new String(line, from, to - from);
    if (shown.isBlank()) {
      return;
    }
    text.append('\n').append(INDENT).append(shown.stripTrailing());
    text.append('\n').append(INDENT).append(" ".repeat(caret - from)).append('^');
  }

  /** Keeps every character one column wide, so that the caret is where it should be. */
  private static int visible(int codePoint) {
    if (codePoint == '\t') {
      return ' ';
    }
    return Character.isISOControl(codePoint) ? '\uFFFD' : codePoint;
  }
}
