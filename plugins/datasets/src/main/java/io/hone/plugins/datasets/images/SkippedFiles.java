package io.hone.plugins.datasets.images;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts files that are not read, by the endings of their names. */
final class SkippedFiles {
  private static final int LONGEST_ENDING = 12;

  private final Map<String, Integer> counts = new TreeMap<>();
  private Path first;

  void add(Path file) {
    if (first == null || file.compareTo(first) < 0) {
      first = file;
    }
    counts.merge(ending(file.getFileName().toString()), 1, Integer::sum);
  }

  private static String ending(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 && name.length() - dot <= LONGEST_ENDING
        ? name.substring(dot).toLowerCase(Locale.ROOT)
        : "without ending";
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  /** Returns how many files of which endings there are, and the name of one. */
  String describe() {
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    String kinds =
        String.join(
            ", ",
            counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .toList());
    return all
        + (all == 1 ? " file is" : " files are")
        + " not read ("
        + kinds
        + "), such as "
        + first;
  }
}
