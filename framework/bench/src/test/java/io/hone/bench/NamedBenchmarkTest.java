package io.hone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamedBenchmarkTest {
  @Test
  void knowsItsOwnAndLeavesTheOthersToJmh() {
    assertThat(NamedBenchmark.of("AttackBenchmark")).contains(NamedBenchmark.ATTACK);
    assertThat(NamedBenchmark.of("AutoAttackBenchmark")).contains(NamedBenchmark.AUTO_ATTACK);
    assertThat(NamedBenchmark.of("TrainingBenchmark")).contains(NamedBenchmark.TRAINING);
    assertThat(NamedBenchmark.of("PairsBenchmark")).contains(NamedBenchmark.PAIRS);
    assertThat(NamedBenchmark.of("ChainBenchmark")).contains(NamedBenchmark.CHAIN);
    assertThat(NamedBenchmark.of("KernelBenchmark")).contains(NamedBenchmark.KERNEL);
    assertThat(NamedBenchmark.of("ImprovementBenchmark")).isEmpty();
  }
}
