package io.hone.plugins.coverage;

import java.util.Collection;

/** What coverage can be measured by. */
public enum CoverageCriterion {
  /** Neuron coverage. */
  NC,

  /** k-multisection neuron coverage. */
  KMNC,

  /** Neuron boundary coverage. */
  NBC,

  /** Strong neuron activation coverage. */
  SNAC,

  /** Top-k neuron coverage. */
  TKNC,

  /** Top-k neuron patterns. */
  TKNP;

  /** Returns whether it compares with the range of each neuron over ordinary images. */
  boolean needsRanges() {
    return this == KMNC || this == NBC || this == SNAC;
  }

  /** Returns whether some of them compare with the range of each neuron. */
  static boolean needRanges(Collection<CoverageCriterion> criteria) {
    return criteria.stream().anyMatch(CoverageCriterion::needsRanges);
  }
}
