package io.hone.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names figures for people, and puts them in the order in which people look for them. */
final class FigureLabel {
  private static final Map<String, String> KNOWN = new LinkedHashMap<>();

  static {
    KNOWN.put("success_rate", "Success rate");
    KNOWN.put("success_rate_8bit", "Success rate on 8 bits");
    KNOWN.put("accuracy", "Accuracy");
    KNOWN.put("recovery_rate", "Recovery rate");
    KNOWN.put("clean_accuracy", "Accuracy on clean images");
    KNOWN.put("transfer_rate", "Transfer rate");
    KNOWN.put("reduction_rate", "Reduced against the attack");
    KNOWN.put("step_reduction_rate", "Reduced against the input");
    KNOWN.put("l0", "L0");
    KNOWN.put("l0_pixels", "L0, whole pixels");
    KNOWN.put("l0_left_out", "L0, samples left out");
    KNOWN.put("l2_left_out", "L2, samples left out");
    KNOWN.put("l1", "L1");
    KNOWN.put("l2", "L2");
    KNOWN.put("linf", "L\u221e");
    KNOWN.put("ssim", "SSIM");
    KNOWN.put("all", "Of all samples");
    KNOWN.put("successes", "Of successes");
    KNOWN.put("untargeted", "To any wrong class");
    KNOWN.put("left_out", "Samples left out");
    KNOWN.put("queries", "Queries");
    KNOWN.put("forward", "Forward");
    KNOWN.put("gradient", "Gradient");
    KNOWN.put("seconds", "Seconds");
    KNOWN.put("cumulated", "Along the chain");
  }

  private static final List<String> ORDER = List.copyOf(KNOWN.keySet());

  private FigureLabel() {}

  /** Returns an order of paths and keys; those that are not known come last, as they came. */
  static Comparator<String> order() {
    return Comparator.comparingInt(
        path -> {
          int rank = ORDER.indexOf(path.split("\\.", 2)[0]);
          return rank < 0 ? ORDER.size() : rank;
        });
  }

  /** Returns the words for a path such as {@code reduction_rate.l0}. */
  static String of(String path) {
    StringBuilder label = new StringBuilder();
    for (String key : path.split("\\.")) {
      String word = KNOWN.getOrDefault(key, key.replace('_', ' '));
      label.append(label.isEmpty() ? capitalized(word) : ", " + uncapitalized(word));
    }
    return label.toString();
  }

  private static String capitalized(String word) {
    return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private static String uncapitalized(String word) {
    boolean abbreviation = word.length() > 1 && !Character.isLowerCase(word.charAt(1));
    return abbreviation || word.isEmpty()
        ? word
        : Character.toLowerCase(word.charAt(0)) + word.substring(1);
  }
}
