package io.hone.scenario;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the command line changes of a file.
 *
 * @param overrides each {@code path=value}, the value in YAML: {@code
 *     steps.fgsm.attack.with.epsilon=0.1}
 * @param limit runs no more than this many of the selected images
 * @param batch images per batch
 * @param threads shards worked on at once
 * @param check whether the run makes its self-checks also where the file does not ask for them
 */
public record ScenarioOptions(
    List<String> overrides,
    OptionalLong limit,
    OptionalInt batch,
    OptionalInt threads,
    boolean check) {
  /** Copies the list. */
  public ScenarioOptions {
    overrides = List.copyOf(overrides);
  }

  /** Creates options that leave the self-checks to the file. */
  public ScenarioOptions(
      List<String> overrides, OptionalLong limit, OptionalInt batch, OptionalInt threads) {
    this(overrides, limit, batch, threads, false);
  }

  /** Returns these options with the self-checks, whatever the file says. */
  public ScenarioOptions checking() {
    return new ScenarioOptions(overrides, limit, batch, threads, true);
  }

  /** Returns options that change nothing. */
  public static ScenarioOptions none() {
    return new ScenarioOptions(
        List.of(), OptionalLong.empty(), OptionalInt.empty(), OptionalInt.empty());
  }

  /** Returns options that change only what is at some paths. */
  public static ScenarioOptions of(String... overrides) {
    return new ScenarioOptions(
        List.of(overrides), OptionalLong.empty(), OptionalInt.empty(), OptionalInt.empty());
  }
}
