package io.hone.scenario.reading;

import io.hone.scenario.Scenario;
import io.hone.scenario.ScenarioOptions;
import io.hone.scenario.TrainingScenario;
import io.hone.scenario.binding.SampleComponents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A distribution with models, and a scenario's file in it. */
record ScenarioFolder(Path distribution) {
  static final String MAIN_JOB =
      """
      hone: 1
      name: mnist-fgsm-improve-recover
      seed: 7
      dataset: {use: mnist, with: {split: test, classes: [9]}, take: 1000}
      model:
        card: models/lenet5
        backend: {use: onnxruntime, with: {device: cpu}}
      run: {batch: 64, threads: 2}
      goal: {targeted: 4}
      steps:
        - {id: fgsm,    attack:  {use: fgsm, with: {epsilon: 0.3}}}
        - {id: greedy,  improve: {use: greedy, with: {step: 6}}, of: fgsm}
        - {id: learned, improve: {use: autoencoder, with: {model: models/redundancy, threshold: 0.96}}, of: fgsm}
        - {id: finish,  improve: {use: greedy, with: {step: 6}}, of: learned}
        - {id: recover, defend:  {use: autoencoder, with: {model: models/denoiser}}, of: [clean, fgsm, finish]}
      matrix: {steps.learned.improve.with.threshold: [0.93, 0.96, 0.99]}
      metrics: [success-rate, distance, reduction-rate, accuracy]
      save: successes
      expect: ["greedy.reduction_rate.l0 > 0.7"]
      """;

  ScenarioFolder {
    try {
      for (String model : new String[] {"lenet5", "redundancy", "denoiser"}) {
        Files.createDirectories(distribution.resolve("models").resolve(model));
        Files.writeString(
            distribution.resolve("models").resolve(model).resolve("model.yaml"), "file: x\n");
      }
      Files.createDirectories(distribution.resolve("scenarios/train"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path write(String text) {
    return write("scenarios/test.yaml", text);
  }

  Path write(String name, String text) {
    try {
      return Files.writeString(distribution.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Scenario read(String text, String... overrides) {
    return new ScenarioReader(SampleComponents.registry(), SampleSteps.grammars(), distribution)
        .read(write(text), ScenarioOptions.of(overrides));
  }

  TrainingScenario readTraining(String text, String... overrides) {
    return readTrainings(text, overrides).get(0);
  }

  List<TrainingScenario> readTrainings(String text, String... overrides) {
    return new TrainingScenarioReader(
            SampleComponents.registry(), SampleSteps.grammars(), distribution)
        .read(write("scenarios/train/test.yaml", text), ScenarioOptions.of(overrides));
  }
}
