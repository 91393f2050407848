package io.hone.bench;

import io.hone.Hone;
import io.hone.Model;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What coverage costs: the time that it adds to a run of clean images, in forward passes of the
 * same images. One thread does everything.
 */
@Command(
    name = "CoverageBenchmark",
    mixinStandardHelpOptions = true,
    description = "Sets the time that coverage adds to a run beside a forward pass.")
final class CoverageBenchmark implements Callable<Integer> {
  private static final int BATCH = 128;

  private static final String SCENARIO =
      """
      hone: 1
      name: %s
      dataset: {use: %s, with: {split: test}, take: %d}
      model: {card: "%s"}
      run: {threads: 1, batch: %d}
      metrics: [accuracy%s]
      steps: []
      save: none
      """;

  private static final String COVERAGE =
      ", {use: coverage, with: {neuron: %s, criteria: [nc, kmnc, nbc, snac, tknc]}}";

  private static final String PROFILE = "profile: {use: %s, with: {split: test}, take: 1000}\n";

  @Option(
      names = "--model",
      paramLabel = "FOLDER",
      defaultValue = "models/mnist-lenet5",
      description = "The classifier. Default: ${DEFAULT-VALUE}.")
  private String model;

  @Option(
      names = "--dataset",
      paramLabel = "ID",
      defaultValue = "mnist",
      description = "The data set. Default: ${DEFAULT-VALUE}.")
  private String dataset;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "5000",
      description = "How many images are measured. Default: ${DEFAULT-VALUE}.")
  private int images;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Runs that count, after one that does not. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Mixin private DataDirectory dataDirectory;

  @Mixin private Checkout checkout;

  private final Streams streams;

  /** Creates the benchmark. */
  CoverageBenchmark(Streams streams) {
    this.streams = streams;
  }

  /** Seconds for all images. */
  private record Turn(double pass, double without, double withCoverage) {
    double passes() {
      return (withCoverage - without) / pass;
    }
  }

  @Override
  public Integer call() throws IOException {
    streams.out().println("| neurons | forward pass, s | run, s | with coverage, s | passes |");
    streams.out().println("|---|---:|---:|---:|---:|");
    try (WorkFolder work = WorkFolder.create();
        Hone hone =
            InstalledPlugins.builder()
                .home(checkout.path())
                .dataFolder(dataDirectory.path())
                .open()) {
      for (String neurons : List.of("channel-mean", "unit")) {
        Turn turn = median(hone, work, neurons);
        streams
            .out()
            .printf(
                Locale.ROOT,
                "| %s | %.3f | %.3f | %.3f | %.1f |%n",
                neurons,
                turn.pass(),
                turn.without(),
                turn.withCoverage(),
                turn.passes());
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private Turn median(Hone hone, WorkFolder work, String neurons) throws IOException {
    List<Turn> turns = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      Turn turn =
          new Turn(
              pass(hone),
              seconds(hone, work, "", ""),
              seconds(hone, work, COVERAGE.formatted(neurons), PROFILE.formatted(dataset)));
      streams.log().printf(Locale.ROOT, "%s: %.1f passes%n", neurons, turn.passes());
      if (round > 0 || rounds == 0) {
        turns.add(turn);
      }
    }
    return Medians.of(turns, Comparator.comparingDouble(Turn::passes));
  }

  private double seconds(Hone hone, WorkFolder work, String metric, String profile)
      throws IOException {
    String name = metric.isEmpty() ? "plain" : "coverage";
    StopWatch watch = new StopWatch(name);
    String text = SCENARIO.formatted(name, dataset, images, model, BATCH, metric) + profile;
    new HoneScenario(hone, work.path()).run(name, text, watch);
    return watch.seconds();
  }

  /** Returns the time of classifying as many images, without opening the model. */
  private double pass(Hone hone) {
    Model opened = hone.model(checkout.path().resolve(model));
    ModelCard.Input input = opened.card().input();
    ImageShape shape =
        new ImageShape(input.channels(), input.height().orElseThrow(), input.width().orElseThrow());
    Tensor all = Tensor.images(images, shape);
    RandomGenerator random = new SplittableRandom(7);
    for (int row = 0; row < images; row++) {
      for (int feature = 0; feature < all.rowSize(); feature++) {
        all.set(row, feature, random.nextFloat());
      }
    }
    return seconds(opened, all) - seconds(opened, all.rows(0, 1));
  }

  private static double seconds(Model model, Tensor images) {
    long start = System.nanoTime();
    model.predict(images);
    return (System.nanoTime() - start) / 1e9;
  }
}
