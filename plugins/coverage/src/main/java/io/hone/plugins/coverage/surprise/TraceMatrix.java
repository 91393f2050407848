package io.hone.plugins.coverage.surprise;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Traces of ordinary images, in the order of their samples.
 *
 * @param rows one for each image, one number for each neuron
 * @param classes that the model gives the images
 */
record TraceMatrix(List<float[]> rows, List<Integer> classes) {
  /** Returns the numbers of the rows of each class. */
  Map<Integer, List<Integer>> byClass() {
    Map<Integer, List<Integer>> members = new TreeMap<>();
    for (int row = 0; row < rows.size(); row++) {
      members.computeIfAbsent(classes.get(row), key -> new ArrayList<>()).add(row);
    }
    return members;
  }
}
