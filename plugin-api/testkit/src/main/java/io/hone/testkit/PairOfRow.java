package io.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.train.Pairs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One pair.
 *
 * @param row of its image among all images
 * @param input values, as text that tells every bit
 * @param target values, likewise
 */
record PairOfRow(int row, String input, String target) {
  /**
   * Returns the pairs of some images.
   *
   * @param from the first of these images among all
   */
  static List<PairOfRow> of(List<Pairs> made, int from) {
    List<PairOfRow> all = new ArrayList<>();
    for (Pairs pairs : made) {
      for (int pair = 0; pair < pairs.rows().length; pair++) {
        float[] target = pairs.targets().row(pair);
        for (float value : target) {
          assertThat(value).as("a number of a target").isFinite();
        }
        all.add(
            new PairOfRow(
                from + pairs.rows()[pair],
                Arrays.toString(pairs.inputs().row(pair)),
                Arrays.toString(target)));
      }
    }
    return all;
  }

  /** Returns the pairs of each image, in the order in which they were made. */
  static Map<Integer, List<PairOfRow>> byImage(List<PairOfRow> pairs) {
    return pairs.stream()
        .collect(Collectors.groupingBy(PairOfRow::row, TreeMap::new, Collectors.toList()));
  }
}
