package io.hone.cli.text;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table in plain text: first column to the left, numbers to the right.
 *
 * <p>Tables of numbers have at most {@link TextWrap#WIDTH} columns: those that do not fit beside
 * each other are shown below each other, each block with the first column. Tables of text do so on
 * a terminal, where long cells go on in the line below; for other programs each row is one line.
 */
public final class TextTable {
  /** Stands for a figure that there is none of. */
  static final String NONE = "-";

  private static final String GAP = "  ";

  /** No column of text becomes narrower, so that words stay whole. */
  private static final int NARROWEST = 12;

  /** How much of a table of numbers the names in its first column may take. */
  private static final int WIDEST_NAME = 34;

  private final List<List<String>> rows = new ArrayList<>();
  private final boolean numbers;

  /**
   * Creates a table.
   *
   * @param numbers whether all columns but the first are aligned to the right
   */
  public TextTable(boolean numbers, String... header) {
    this.numbers = numbers;
    rows.add(List.of(header));
  }

  public void add(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  public void print(PrintStream out) {
    print(out, Console.onTerminal());
  }

  /**
   * Prints the table.
   *
   * @param narrow whether cells of text are broken so that a terminal shows each line whole
   */
  public void print(PrintStream out, boolean narrow) {
    int[] widths = widths();
    if (!numbers) {
      if (narrow) {
        narrow(widths);
      }
      printColumns(IntStream.range(0, widths.length).toArray(), widths, false, out);
      return;
    }
    widths[0] = Math.min(widths[0], WIDEST_NAME);
    List<int[]> blocks = blocks(widths);
    for (int block = 0; block < blocks.size(); block++) {
      if (block > 0) {
        out.println();
      }
      printColumns(blocks.get(block), widths, block > 0, out);
    }
  }

  private int[] widths() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return widths;
  }

  /** Takes from the widest column until the table fits; the first one, of names, comes last. */
  private static void narrow(int[] widths) {
    while (total(widths) > TextWrap.WIDTH) {
      int widest = 0;
      for (int column = 1; column < widths.length; column++) {
        if (widths[column] > NARROWEST && (widest == 0 || widths[column] > widths[widest])) {
          widest = column;
        }
      }
      if (widest == 0 && widths[0] <= NARROWEST) {
        return;
      }
      widths[widest]--;
    }
  }

  private static int total(int[] widths) {
    return IntStream.of(widths).sum() + GAP.length() * (widths.length - 1);
  }

  /** Divides the columns so that each block fits, the first column in all of them. */
  private static List<int[]> blocks(int[] widths) {
    List<int[]> blocks = new ArrayList<>();
    List<Integer> columns = new ArrayList<>(List.of(0));
    int total = widths[0];
    for (int column = 1; column < widths.length; column++) {
      int more = GAP.length() + widths[column];
      if (total + more > TextWrap.WIDTH && columns.size() > 1) {
        blocks.add(columns.stream().mapToInt(Integer::intValue).toArray());
        columns = new ArrayList<>(List.of(0));
        total = widths[0];
      }
      columns.add(column);
      total += more;
    }
    blocks.add(columns.stream().mapToInt(Integer::intValue).toArray());
    return blocks;
  }

  private void printColumns(int[] columns, int[] widths, boolean onlyFigures, PrintStream out) {
    for (List<String> row : rows) {
      if (onlyFigures && IntStream.of(columns).skip(1).allMatch(at -> isNone(row.get(at)))) {
        continue;
      }
      List<List<String>> cells = new ArrayList<>();
      for (int column : columns) {
        cells.add(wrapped(row.get(column), widths[column]));
      }
      int lines = cells.stream().mapToInt(List::size).max().orElse(0);
      for (int line = 0; line < lines; line++) {
        StringBuilder text = new StringBuilder();
        for (int place = 0; place < columns.length; place++) {
          String cell = line < cells.get(place).size() ? cells.get(place).get(line) : "";
          String space = " ".repeat(Math.max(0, widths[columns[place]] - cell.length()));
          text.append(place == 0 ? "" : GAP)
              .append(numbers && columns[place] > 0 ? space + cell : cell + space);
        }
        out.println(text.toString().stripTrailing());
      }
    }
  }

  /** Rows without a figure are left out of all blocks but the first, which has every row. */
  private static boolean isNone(String cell) {
    return cell.strip().equals(NONE);
  }

  /** Keeps the indent of a cell, which tells what belongs to what, in every line of it. */
  private static List<String> wrapped(String cell, int width) {
    if (cell.length() <= width) {
      return List.of(cell);
    }
    String indent = " ".repeat(cell.length() - cell.stripLeading().length());
    return TextWrap.lines(cell, width - indent.length()).stream()
        .map(line -> indent + line)
        .toList();
  }
}
