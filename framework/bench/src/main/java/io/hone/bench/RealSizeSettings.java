package io.hone.bench;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.bench.network.HoneModel;
import io.hone.bench.network.ResNet;
import io.hone.numpy.NumpyType;
import io.hone.numpy.NumpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Option;

/** What a {@link RealSizeBenchmark} attacks, and how. */
final class RealSizeSettings {
  private static final int SIDE = 224;
  private static final int CLASSES = 1000;
  private static final int WAVES = 6;
  private static final int HIGHEST_FREQUENCY = 12;
  private static final int JUDGES = 4;
  private static final float TAKEN_OFF = 0.4f;

  /** Labels are what the model says: its weights are random, so it knows no others. */
  private static final String SCENARIO =
      """
      hone: 1
      name: %s
      seed: 7
      dataset: {use: numpy, with: {images: images.npy}, take: %d}
      model: {card: resnet50.onnx}
      run: {threads: %d, batch: %d}
      steps:
        - {id: %s, attack: {use: %s, with: %s}}
      save: none
      accept: [own-labels, assumed-input, assumed-output]
      """;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "100",
      description = "Images that pgd and square attack. Default: ${DEFAULT-VALUE}.")
  private int images;

  @Option(
      names = "--ensemble-images",
      paramLabel = "N",
      defaultValue = "20",
      description = "Images that auto-attack attacks. Default: ${DEFAULT-VALUE}.")
  private int ensembleImages;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "20",
      description = "Steps of pgd. Default: ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--queries",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Queries of square. Default: ${DEFAULT-VALUE}.")
  private int queries;

  @Option(
      names = "--epsilon",
      paramLabel = "SIZE",
      defaultValue = "4/255",
      description = "Radius of the Linf ball, as scenarios write it. Default: ${DEFAULT-VALUE}.")
  private String epsilon;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "16",
      description = "Images in a batch. Default: ${DEFAULT-VALUE}.")
  private int batch;

  /**
   * An attack that is run alone.
   *
   * @param name of the run and of its step
   * @param parameters as a scenario writes them
   * @param images how many
   */
  record AttackRun(String name, String attack, String parameters, int images) {}

  /** Returns the attacks in the order in which they run. */
  List<AttackRun> attacks() {
    return List.of(
        new AttackRun("pgd", "pgd", "{epsilon: %s, steps: %d}".formatted(epsilon, steps), images),
        new AttackRun(
            "square", "square", "{epsilon: %s, queries: %d}".formatted(epsilon, queries), images),
        new AttackRun(
            "auto-attack", "auto-attack", "{epsilon: %s}".formatted(epsilon), ensembleImages));
  }

  /** Returns the scenario that runs an attack. */
  String scenario(AttackRun attack) {
    return String.format(
        Locale.ROOT,
        SCENARIO,
        attack.name(),
        attack.images(),
        Runtime.getRuntime().availableProcessors(),
        batch,
        attack.name(),
        attack.attack(),
        attack.parameters());
  }

  /** Writes the model and the images into a folder. */
  void writeFiles(Path folder) throws IOException {
    ResNet network = lessPartial(ResNet.of50Layers(SIDE, CLASSES));
    Files.write(folder.resolve("resnet50.onnx"), network.toOnnx());
    ImageShape shape = network.images();
    try (NumpyWriter writer =
        NumpyWriter.create(
            folder.resolve("images.npy"),
            NumpyType.FLOAT32,
            shape.channels(),
            shape.height(),
            shape.width())) {
      for (int image = 0; image < Math.max(images, ensembleImages); image++) {
        writer.append(waves(shape, image));
      }
    }
  }

  /**
   * Takes off the scores a part of the lead that random weights give one class on every image. With
   * all of it no attack succeeds; without it the first random start does.
   */
  private static ResNet lessPartial(ResNet network) throws IOException {
    float[] lead = new float[CLASSES];
    try (Classifier model = HoneModel.open(network)) {
      for (int number = 0; number < JUDGES; number++) {
        Tensor image = Tensor.images(1, network.images());
        image.setRow(0, waves(network.images(), number));
        float[] scores = model.logits(new ImageBatch(image, new long[] {number})).row(0);
        for (int index = 0; index < CLASSES; index++) {
          lead[index] += scores[index] * TAKEN_OFF / JUDGES;
        }
      }
    }
    return network.withScoresLess(lead);
  }

  /** A few waves in each channel: smooth, as photographs are in most places. */
  private static float[] waves(ImageShape shape, int number) {
    RandomGenerator random = new SplittableRandom(number);
    float[] image = new float[shape.features()];
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int wave = 0; wave < WAVES; wave++) {
        double down = HIGHEST_FREQUENCY * random.nextDouble() * Math.PI / shape.height();
        double across = HIGHEST_FREQUENCY * random.nextDouble() * Math.PI / shape.width();
        double phase = 2 * Math.PI * random.nextDouble();
        for (int pixel = 0; pixel < shape.pixels(); pixel++) {
          double angle = down * (pixel / shape.width()) + across * (pixel % shape.width()) + phase;
          image[channel * shape.pixels() + pixel] += (float) (Math.sin(angle) / (2 * WAVES));
        }
      }
    }
    for (int feature = 0; feature < image.length; feature++) {
      image[feature] += 0.5f;
    }
    return image;
  }
}
