package io.hone.scenario.diagnostics;

import java.util.List;

/** A text that a user wrote and that errors point into. */
public final class SourceText {
  private final String name;
  private final String text;
  private final List<String> lines;
  private final boolean file;

  private SourceText(String name, String text, boolean file) {
    this.name = name;
    this.text = text;
    this.lines = List.of(text.split("\r\n|\r|\n", -1));
    this.file = file;
  }

  /**
   * Returns the text of a file.
   *
   * @param name the file as the user named it
   */
  public static SourceText ofFile(String name, String text) {
    return new SourceText(name, text, true);
  }

  /**
   * Returns a text of one line that is in no file, such as an option of the command line.
   *
   * @param name what it is, such as {@code --set seed=8}; stands for a place in it
   */
  public static SourceText ofOption(String name, String text) {
    return new SourceText(name, text, false);
  }

  /** Returns the name that errors begin with. */
  public String name() {
    return name;
  }

  /** Returns the whole text. */
  public String text() {
    return text;
  }

  /** Returns a line, counted from 1; empty beyond the last. */
  public String line(int line) {
    return line <= lines.size() ? lines.get(line - 1) : "";
  }

  /** Returns whether a place in this text is told by line and column. */
  public boolean isFile() {
    return file;
  }

  /** Returns a place in this text; both numbers count from 1. */
  public Place at(int line, int column) {
    return new Place(this, line, column);
  }
}
