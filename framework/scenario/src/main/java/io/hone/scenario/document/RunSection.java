package io.hone.scenario.document;

import io.hone.api.Param;
import java.util.Optional;

/** How a scenario is run; results do not depend on it. */
public record RunSection(
    @Param(value = "Images per batch.", def = "256", min = 1, max = 65536) int batch,
    @Param(
            value = "Shards of a batch worked on at once; default: the machine's cores.",
            min = 1,
            max = 1024)
        Optional<Integer> threads) {

  /** Returns the threads told, or one per core. */
  public int effectiveThreads() {
    return threads.orElseGet(() -> Runtime.getRuntime().availableProcessors());
  }
}
