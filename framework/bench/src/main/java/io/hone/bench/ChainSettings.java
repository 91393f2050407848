package io.hone.bench;

import io.hone.bench.network.Digits;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What the chains of a {@link ChainBenchmark} work on; by default what the paper did on MNIST. */
final class ChainSettings {
  private static final String SCENARIO =
      """
      hone: 1
      name: chain
      seed: 7
      dataset: %s
      model: {card: "%s"}
      run: {threads: %d}
      goal: {targeted: %d}
      steps:
        - {id: attack, attack: %s}
        - {id: greedy, improve: {use: greedy, with: {step: %d}}, of: attack}
        - id: guess
          improve: {use: autoencoder, with: {model: "%s", threshold: %s, refinements: %d}}
          of: attack
        - {id: learned, improve: {use: greedy, with: {step: %d}}, of: guess}
        - {id: perfect, improve: {use: greedy, with: {step: %d}}, of: greedy}
      metrics: [success-rate, distance]
      save: none
      """;

  @Option(
      names = "--dataset",
      paramLabel = "YAML",
      defaultValue = "{use: mnist, with: {split: test, classes: [9]}}",
      description = "The data set, as a scenario writes it. Default: ${DEFAULT-VALUE}.")
  private String dataset;

  @Option(
      names = "--model",
      paramLabel = "FOLDER",
      defaultValue = "models/mnist-lenet5",
      description = "The classifier. Default: ${DEFAULT-VALUE}.")
  private String model;

  @Option(
      names = "--autoencoder",
      paramLabel = "FOLDER",
      defaultValue = "models/mnist-redundancy-fgsm",
      description = "The autoencoder. Default: ${DEFAULT-VALUE}.")
  private String autoencoder;

  @Option(
      names = "--attack",
      paramLabel = "YAML",
      defaultValue = "{use: fgsm, with: {epsilon: 0.3}}",
      description = "The attack, as a scenario writes it. Default: ${DEFAULT-VALUE}.")
  private String attack;

  @Option(
      names = "--target",
      paramLabel = "CLASS",
      defaultValue = "4",
      description = "The class that is wanted. Default: ${DEFAULT-VALUE}.")
  private int target;

  @Option(
      names = "--step",
      paramLabel = "N",
      defaultValue = "6",
      description = "Features in greedy's first blocks. Default: ${DEFAULT-VALUE}.")
  private int step;

  @Option(
      names = "--threshold",
      paramLabel = "P",
      defaultValue = "0.96",
      description = "The autoencoder's threshold. Default: ${DEFAULT-VALUE}.")
  private double threshold;

  @Option(
      names = "--refinements",
      paramLabel = "N",
      defaultValue = "6",
      description = "The autoencoder's refinements; 0 as in the paper. Default: ${DEFAULT-VALUE}.")
  private int refinements;

  /** Returns the scenario that runs them. */
  String scenario() {
    return String.format(
        Locale.ROOT,
        SCENARIO,
        dataset,
        model,
        Digits.THREADS,
        target,
        attack,
        step,
        autoencoder,
        threshold,
        refinements,
        step,
        step);
  }
}
