package io.hone.plugins.coverage;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Top-k neuron patterns: how many different combinations of top-k neurons the inputs show, the k
 * neurons of each layer taken as a set (Ma et al. 2018, DeepGauge, section 4.2). A number, and no
 * share.
 */
final class TopNeuronPatterns {
  /** A combination of neurons by its hash: two different ones share it once in 2^64 inputs. */
  private record Pattern(long high, long low) implements Comparable<Pattern> {
    @Override
    public int compareTo(Pattern other) {
      return high == other.high ? Long.compare(low, other.low) : Long.compare(high, other.high);
    }
  }

  private final List<Integer> sizes;
  private final List<TreeSet<Pattern>> seen;

  /**
   * Starts with no pattern.
   *
   * @param sizes each k
   */
  TopNeuronPatterns(List<Integer> sizes) {
    this.sizes = sizes;
    this.seen = Stream.generate(TreeSet<Pattern>::new).limit(sizes.size()).toList();
  }

  void add(LayerAnswers answers) {
    for (int i = 0; i < sizes.size(); i++) {
      seen.get(i).add(pattern(answers, sizes.get(i)));
    }
  }

  private static Pattern pattern(LayerAnswers answers, int size) {
    MessageDigest digest = sha256();
    for (int layer = 0; layer < answers.layers(); layer++) {
      int[] top = TopNeurons.of(answers.raw(layer), size);
      Arrays.sort(top);
      ByteBuffer places = ByteBuffer.allocate(Integer.BYTES * (top.length + 1));
      places.putInt(top.length);
      for (int neuron : top) {
        places.putInt(neuron);
      }
      digest.update(places.array());
    }
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new Pattern(hash.getLong(), hash.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
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
    for (TreeSet<Pattern> patterns : seen) {
      output.writeInt(patterns.size());
      for (Pattern pattern : patterns) {
        output.writeLong(pattern.high());
        output.writeLong(pattern.low());
      }
    }
  }

  void read(DataInput input) throws IOException {
    for (TreeSet<Pattern> patterns : seen) {
      int count = input.readInt();
      for (int i = 0; i < count; i++) {
        patterns.add(new Pattern(input.readLong(), input.readLong()));
      }
    }
  }
}
