package io.hone.cli.text;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines that a terminal shows whole. */
final class TextWrap {
  /** The width of a terminal that nobody has widened. */
  static final int WIDTH = 80;

  private TextWrap() {}

  /**
   * Returns text as lines of at most some characters; nothing but the spaces at the breaks is lost.
   *
   * <p>Lines end at a space where there is one, else behind one of {@code , ; @ [ . / -}, else
   * wherever the width ends.
   */
  static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text.strip();
    while (rest.length() > width) {
      int end = end(rest, width);
      lines.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }

  /** Returns text as one string of wrapped lines, those after the first indented. */
  static String paragraph(String text, String indent) {
    List<String> lines = lines(text, WIDTH - indent.length());
    return String.join(System.lineSeparator() + indent, lines);
  }

  private static int end(String text, int width) {
    int space = text.lastIndexOf(' ', width);
    if (space > 0) {
      return space;
    }
    for (int end = width; end > width / 2; end--) {
      if (",;@[./-".indexOf(text.charAt(end - 1)) >= 0) {
        return end;
      }
    }
    return width;
  }
}
