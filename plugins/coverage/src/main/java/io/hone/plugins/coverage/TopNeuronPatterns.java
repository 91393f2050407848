package io.hone.plugins.coverage;

import io.hone.api.data.Sha256;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Top-k neuron patterns: how many different combinations of top-k neurons the inputs show, the k
 * neurons of each layer taken as a set (Ma et al. 2018, DeepGauge, section 4.2). A number, and no
 * share.
 */
final class TopNeuronPatterns {
  private final List<Integer> sizes;

  /** Combinations by their hashes. */
  private final List<Set<String>> seen;

  /**
   * Starts with no pattern.
   *
   * @param sizes each k
   */
  TopNeuronPatterns(List<Integer> sizes) {
    this.sizes = sizes;
    this.seen = sizes.stream().<Set<String>>map(size -> new TreeSet<>()).toList();
  }

  void add(LayerAnswers answers) {
    for (int i = 0; i < sizes.size(); i++) {
      seen.get(i).add(pattern(answers, sizes.get(i)));
    }
  }

  private String pattern(LayerAnswers answers, int size) {
    Sha256 sum = new Sha256();
    for (int layer = 0; layer < answers.layers(); layer++) {
      int[] ranked = answers.top(layer, Collections.max(sizes));
      int[] top = Arrays.copyOf(ranked, Math.min(size, ranked.length));
      Arrays.sort(top);
      ByteBuffer places = ByteBuffer.allocate(Integer.BYTES * (top.length + 1));
      places.putInt(top.length);
      for (int neuron : top) {
        places.putInt(neuron);
      }
      sum.add(places.array());
    }
    return sum.hex();
  }

  void merge(TopNeuronPatterns other) {
    for (int i = 0; i < sizes.size(); i++) {
      seen.get(i).addAll(other.seen.get(i));
    }
  }

  Map<String, Double> value() {
    Map<String, Double> figures = new TreeMap<>();
    for (int i = 0; i < sizes.size(); i++) {
      figures.put("tknp.top_" + sizes.get(i), (double) seen.get(i).size());
    }
    return figures;
  }

  void write(DataOutput output) throws IOException {
    for (Set<String> patterns : seen) {
      output.writeInt(patterns.size());
      for (String pattern : patterns) {
        output.writeUTF(pattern);
      }
    }
  }

  void read(DataInput input) throws IOException {
    for (Set<String> patterns : seen) {
      int count = input.readInt();
      for (int i = 0; i < count; i++) {
        patterns.add(input.readUTF());
      }
    }
  }
}
