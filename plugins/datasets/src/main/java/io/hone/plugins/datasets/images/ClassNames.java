package io.hone.plugins.datasets.images;

import io.hone.api.BadInputException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Names of classes in the order of the classes, found again however Unicode writes them: an accent
 * may be a character of its own (macOS stores names this way) or part of its letter.
 */
final class ClassNames {
  private static final int SHOWN = 20;
  private static final int LETTERS_PER_TYPING_ERROR = 4;

  private final List<String> names;
  private final List<String> composed;

  ClassNames(List<String> names) {
    this.names = List.copyOf(names);
    this.composed = names.stream().map(ClassNames::composed).toList();
  }

  /**
   * Reads names from a text file, one on each line; empty lines at the end are left out.
   *
   * @throws BadInputException if the file cannot be read
   */
  static List<String> read(Path file) {
    try {
      List<String> lines = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        lines.add(line.strip());
      }
      while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
        lines.remove(lines.size() - 1);
      }
      return lines;
    } catch (MalformedInputException e) {
      throw new BadInputException(
          "image-folder: " + file + " is no UTF-8 text; save it as UTF-8", e);
    } catch (IOException e) {
      throw new BadInputException(
          "image-folder: the class names cannot be read from "
              + file
              + " ("
              + e.getMessage()
              + "); name a text file with one name on each line",
          e);
    }
  }

  /** Returns a name in Unicode's composed form (NFC). */
  static String composed(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  List<String> names() {
    return names;
  }

  /** Returns the classes of a name in composed form: some models have two of one name. */
  List<Integer> classesOf(String name) {
    return IntStream.range(0, composed.size())
        .filter(index -> composed.get(index).equals(name))
        .boxed()
        .toList();
  }

  boolean has(String name) {
    return composed.contains(name);
  }

  /** Returns a name that is there twice, if there is such a name. */
  Optional<String> repeated() {
    Set<String> seen = new HashSet<>();
    return composed.stream().filter(name -> !seen.add(name)).findFirst();
  }

  /** Returns {@code ; did you mean 'cat'?} if a name is close, or an empty text. */
  String didYouMean(String name) {
    String wanted = letters(name);
    String best = null;
    int least = 1 + Math.max(1, wanted.length() / LETTERS_PER_TYPING_ERROR);
    for (String known : composed) {
      int distance = distance(wanted, letters(known));
      if (distance < least) {
        least = distance;
        best = known;
      }
    }
    return best == null ? "" : "; did you mean '" + best + "'?";
  }

  /** Returns what makes out a name beside case and the signs between words. */
  private static String letters(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[\\s_.,'-]+", "");
    return plain.isEmpty() ? name : plain;
  }

  /** Returns how many letters must be put in, taken out or exchanged (Levenshtein 1966). */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int line = 1; line <= one.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column < row.length; column++) {
        int exchanged = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(exchanged, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[other.length()];
  }

  /** Returns the first names for a message. */
  static String shown(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() > SHOWN ? first + ", ... (" + names.size() + " in all)" : first;
  }
}
