package io.hone.scenario.diagnostics;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which known name a user meant. */
public final class Spelling {
  private Spelling() {}

  /**
   * Returns the known name nearest to a word, if it is near enough to be a slip of the keyboard: at
   * most one edit in three letters.
   */
  public static Optional<String> nearest(String word, Collection<String> known) {
    return known.stream()
        .filter(name -> distance(word, name) <= Math.max(1, name.length() / 3))
        .min(Comparator.comparingInt(name -> distance(word, name)));
  }

  /** Returns {@code "; did you mean 'x'?"}, or nothing where no known name is near. */
  public static String didYouMean(String word, Collection<String> known) {
    return nearest(word, known).map(name -> "; did you mean '" + name + "'?").orElse("");
  }

  /**
   * Counts the insertions, deletions, replacements and swaps of neighbours between two words, with
   * case and the choice between hyphen and underscore left out (Damerau 1964, restricted).
   */
  static int distance(String left, String right) {
    String from = normalized(left);
    String to = normalized(right);
    int[][] edits = new int[from.length() + 1][to.length() + 1];
    for (int row = 0; row <= from.length(); row++) {
      for (int column = 0; column <= to.length(); column++) {
        edits[row][column] = cell(edits, row, column, from, to);
      }
    }
    return edits[from.length()][to.length()];
  }

  private static int cell(int[][] edits, int row, int column, String from, String to) {
    if (row == 0 || column == 0) {
      return row + column;
    }
    boolean same = from.charAt(row - 1) == to.charAt(column - 1);
    int best = edits[row - 1][column - 1] + (same ? 0 : 1);
    best = Math.min(best, 1 + Math.min(edits[row - 1][column], edits[row][column - 1]));
    boolean swapped =
        row > 1
            && column > 1
            && from.charAt(row - 1) == to.charAt(column - 2)
            && from.charAt(row - 2) == to.charAt(column - 1);
    return swapped ? Math.min(best, 1 + edits[row - 2][column - 2]) : best;
  }

  private static String normalized(String word) {
    // Longer words are no slips of the keyboard, and the table grows with the square.
    String cut = word.length() > 80 ? word.substring(0, 80) : word;
    return cut.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
