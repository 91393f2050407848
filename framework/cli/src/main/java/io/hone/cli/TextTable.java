package io.hone.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A table in plain text: first column to the left, numbers to the right, columns as wide as they
 * need.
 */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();
  private final boolean numbers;

  /**
   * Creates a table.
   *
   * @param numbers whether all columns but the first are aligned to the right
   */
  TextTable(boolean numbers, String... header) {
    this.numbers = numbers;
    rows.add(List.of(header));
  }

  void add(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  void print(PrintStream out) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < columns; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        String cell = row.get(column);
        String space = " ".repeat(widths[column] - cell.length());
        line.append(column == 0 ? "" : "  ")
            .append(numbers && column > 0 ? space + cell : cell + space);
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
