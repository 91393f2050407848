package io.hone.plugins.coverage;

import io.hone.api.BadInputException;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * k-multisection neuron coverage: the range of each neuron is divided into k sections of equal
 * width, and the figure is the share of all sections that some answer fell into (Ma et al. 2018,
 * DeepGauge, section 4.1).
 *
 * <p>The last section holds its upper end. Answers outside the range cover nothing. A neuron that
 * always gave the same answer covers nothing, and its sections count nevertheless.
 */
record SectionCoverage(NeuronRanges ranges, int sections) implements Criterion {
  /** The sections of a step may take this share of Java's memory. */
  private static final int SHARE_OF_MEMORY = 16;

  /** Both what a step's images cover and what the clean images cover is kept. */
  private static final int SETS = 2;

  /**
   * Refuses more sections than fit into memory.
   *
   * @param neurons of all layers
   * @param byChannel how many there are if each channel is a neuron
   * @param memory that Java has, in bytes
   */
  static void check(long neurons, long byChannel, int sections, long memory) {
    long states = Math.multiplyExact(neurons, (long) sections);
    long bytes = states / Byte.SIZE * SETS;
    if (states <= Integer.MAX_VALUE && bytes <= memory / SHARE_OF_MEMORY) {
      return;
    }
    throw new BadInputException(
        String.format(
            Locale.ROOT,
            "kmnc with %,d sections for each of %,d neurons takes %,d MB for each step, more than memory allows; %sname fewer layers, or take fewer sections",
            sections,
            neurons,
            bytes >> 20,
            byChannel < neurons
                ? String.format(Locale.ROOT, "take neuron: channel-mean (%,d neurons), ", byChannel)
                : ""));
  }

  @Override
  public List<CoverageFigure> figures(int neurons) {
    return List.of(new CoverageFigure("kmnc", Math.multiplyExact(neurons, sections)));
  }

  @Override
  public void cover(LayerAnswers answers, CoveredSets covered) {
    BitSet set = covered.set(0);
    answers.forEach(
        (neuron, answer) -> {
          double low = ranges.low(neuron);
          double width = ranges.high(neuron) - low;
          if (width > 0 && answer >= low && answer <= ranges.high(neuron)) {
            int section = (int) ((answer - low) / width * sections);
            set.set(neuron * sections + Math.min(section, sections - 1));
          }
        });
  }
}
