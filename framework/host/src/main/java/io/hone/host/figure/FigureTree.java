package io.hone.host.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Figures whose names have levels, as nested maps: {@code l0.mean} becomes {@code l0: {mean}}. */
public final class FigureTree {
  /** Whole numbers come first, by size: 2 before 16. */
  private static final Comparator<String> BY_NAME =
      Comparator.comparingLong(FigureTree::number).thenComparing(Comparator.naturalOrder());

  private final Map<String, Object> root = new TreeMap<>(BY_NAME);

  /**
   * Puts a figure at a path whose levels are separated by dots.
   *
   * @throws IllegalArgumentException if another figure is at this path, above it or below it
   */
  public void put(String path, double value) {
    String[] levels = path.split("\\.");
    Map<String, Object> map = root;
    for (int level = 0; level < levels.length - 1; level++) {
      map = child(map, levels[level], path);
    }
    if (map.putIfAbsent(levels[levels.length - 1], value) != null) {
      throw taken(path);
    }
  }

  @SuppressWarnings("unchecked") // only this class puts maps into the tree
  private static Map<String, Object> child(Map<String, Object> map, String level, String path) {
    Object child = map.get(level);
    if (child instanceof Map<?, ?>) {
      return (Map<String, Object>) child;
    }
    if (child != null) {
      throw taken(path);
    }
    Map<String, Object> made = new TreeMap<>(BY_NAME);
    map.put(level, made);
    return made;
  }

  private static IllegalArgumentException taken(String path) {
    return new IllegalArgumentException(
        "the figure `"
            + path
            + "` is given twice, or is a number in one place and a group in"
            + " another");
  }

  /** Returns the paths of all figures in nested maps. */
  public static List<String> paths(Map<String, Object> figures) {
    List<String> paths = new ArrayList<>();
    collect("", figures, paths);
    return paths;
  }

  private static void collect(String prefix, Map<?, ?> figures, List<String> paths) {
    figures.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> group) {
            collect(prefix + name + ".", group, paths);
          } else {
            paths.add(prefix + name);
          }
        });
  }

  private static long number(String name) {
    return name.matches("\\d{1,18}") ? Long.parseLong(name) : Long.MAX_VALUE;
  }

  /** Returns the nested maps, sorted by name, whole numbers by size. */
  public Map<String, Object> toMap() {
    return root;
  }

  /**
   * Returns the figure at a path within nested maps; a path that ends at a group of mean, median
   * and maximum means the mean.
   */
  public static OptionalDouble find(Map<String, Object> figures, String path) {
    Object value = figures;
    for (String level : path.split("\\.")) {
      value = value instanceof Map<?, ?> map ? map.get(level) : null;
    }
    if (value instanceof Map<?, ?> group) {
      value = group.get("mean");
    }
    return value instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }
}
