package io.hone.plugins.datasets.images;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What speaks against taking the place of a class folder among the sorted folders for its class.
 *
 * @param names of the folders, in the order of their letters
 */
record FolderOrder(List<String> names) {
  /** No file name is longer, so all numbers in names fit into this width. */
  private static final int WIDTH = 255;

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Comparator<String> BY_NUMBER =
      Comparator.comparing(FolderOrder::padded).thenComparing(Comparator.naturalOrder());

  /** Returns the first place whose folder is named by another number, if there is such a place. */
  Optional<Integer> contradicted() {
    return IntStream.range(0, names.size())
        .filter(place -> DIGITS.matcher(names.get(place)).matches())
        .filter(place -> !new BigInteger(names.get(place)).equals(BigInteger.valueOf(place)))
        .boxed()
        .findFirst();
  }

  /**
   * Returns where the order of letters and that of the numbers in the names first differ, in words:
   * {@code class_10} comes before {@code class_2} as a text and behind it as a number. Only those
   * who trained the model know which order they took.
   */
  Optional<String> doubt() {
    List<String> byNumber = names.stream().sorted(BY_NUMBER).toList();
    return IntStream.range(0, names.size())
        .filter(place -> !names.get(place).equals(byNumber.get(place)))
        .mapToObj(
            place ->
                "class "
                    + place
                    + " is '"
                    + names.get(place)
                    + "' in the order of letters, but '"
                    + byNumber.get(place)
                    + "' in the order of the numbers in the names")
        .findFirst();
  }

  private static String padded(String name) {
    return DIGITS
        .matcher(name)
        .replaceAll(digits -> "0".repeat(WIDTH - digits.group().length()) + digits.group());
  }
}
