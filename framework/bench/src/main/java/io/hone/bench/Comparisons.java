package io.hone.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Sets Hone's figures beside its peers' and its aims; leaves out what was not measured. */
final class Comparisons {
  /** Seconds that the paper reports for 1,000 examples. */
  private static final double PAPERS_GREEDY = 80.3;

  private static final double PAPERS_AUTOENCODER = 14.2;

  /** What building the gradient graph of a large network may take. */
  private static final double SECONDS_TO_BUILD = 2;

  private final List<String> lines = new ArrayList<>();

  private Comparisons() {
    lines.add("| what | Hone | compared with | its figure | ratio | aim |");
    lines.add("|---|---:|---|---:|---:|---|");
  }

  /** Returns the lines of a Markdown table. */
  static List<String> of(Figures figures) {
    Comparisons table = new Comparisons();
    OptionalDouble bare = figures.largest("LogitsBenchmark.bareShards", "LogitsBenchmark.bareWide");
    table.add(
        "logits, images/s",
        figures.largest("LogitsBenchmark.hone"),
        "ONNX Runtime by hand, the better of 1 session x 2 threads and 2 x 1",
        bare,
        "at least 0.9");
    table.add(
        "loss gradient, images/s",
        figures.largest("GradientBenchmark.hone"),
        "DJL + libtorch, the better of 1 and 2 threads",
        figures.largest("GradientBenchmark.djl", "GradientBenchmark.djlOneThread"),
        "at least 5");
    table.add(
        "gradient of LeNet-5, images/s",
        figures.largest("GradientBenchmark.hone"),
        "its forward pass",
        figures.largest("LogitsBenchmark.hone"),
        "at least 0.25");
    table.add(
        "gradient of ResNet-18 at 64 x 64, images/s",
        figures.largest("ResNetBenchmark.hone"),
        "its forward pass",
        figures.largest("ResNetBenchmark.honeForward"),
        "at least 0.29");
    table.add(
        "gradient of ResNet-18 at 64 x 64, images/s",
        figures.largest("ResNetBenchmark.hone"),
        "DJL + libtorch, the better of 1 and 2 threads",
        figures.largest("ResNetBenchmark.djl", "ResNetBenchmark.djlOneThread"),
        "at least 1");
    table.add(
        "gradient graph of ResNet-50, s",
        figures.largest("BuildBenchmark.gradientOfResNet50"),
        "the aim",
        OptionalDouble.of(SECONDS_TO_BUILD),
        "at most 1");
    OptionalDouble greedy = figures.largest("ImprovementBenchmark.greedy/1000");
    table.add(
        "greedy improvement of 1,000 examples, s",
        greedy,
        "the paper",
        OptionalDouble.of(PAPERS_GREEDY),
        "at most 2 s");
    table.add(
        "autoencoder + greedy on 1,000 examples, s",
        figures.largest("ImprovementBenchmark.autoencoderThenGreedy/1000"),
        "the paper",
        OptionalDouble.of(PAPERS_AUTOENCODER),
        "at most 1.5 s");
    table.add(
        "ranked improvement of 1,000 examples, s",
        figures.largest("ImprovementBenchmark.ranked/1000"),
        "greedy",
        greedy,
        "at most 0.7 s");
    table.add(
        "prefix twice on 1,000 examples, s",
        figures.largest("ImprovementBenchmark.prefixTwice/1000"),
        "greedy",
        greedy,
        "at most 0.7 s");
    for (String improver : List.of("autoencoderThenGreedy", "ranked", "prefixTwice")) {
      table.add(
          "features left by " + improver,
          left(figures, improver),
          "greedy",
          left(figures, "greedy"),
          "at most 1");
    }
    table.add(
        "greedy improvement of 10,000 examples, s per 1,000",
        times(figures.largest("ImprovementBenchmark.greedy/10000"), 0.1),
        "1,000 examples",
        greedy,
        "0.85 to 1.15");
    OptionalDouble overFloor = figures.largest("ImprovementBenchmark.greedy/1000/overFloor");
    table.add(
        "greedy improvement of 1,000 examples, s",
        greedy,
        "its queries on ONNX Runtime by hand, in turns",
        over(greedy, overFloor),
        "at most 1.15");
    return table.lines;
  }

  /** Returns the mean number of features that an improver leaves of an example. */
  private static OptionalDouble left(Figures figures, String improver) {
    return times(figures.largest("ImprovementBenchmark." + improver + "/1000/left"), 1e-3);
  }

  private static OptionalDouble over(OptionalDouble figure, OptionalDouble divisor) {
    return figure.isPresent() && divisor.isPresent()
        ? OptionalDouble.of(figure.getAsDouble() / divisor.getAsDouble())
        : OptionalDouble.empty();
  }

  private static OptionalDouble times(OptionalDouble figure, double factor) {
    return figure.isPresent()
        ? OptionalDouble.of(figure.getAsDouble() * factor)
        : OptionalDouble.empty();
  }

  private void add(
      String what, OptionalDouble hone, String with, OptionalDouble theirs, String aim) {
    if (hone.isPresent() && theirs.isPresent()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s | %.2f | %s |",
              what,
              number(hone.getAsDouble()),
              with,
              number(theirs.getAsDouble()),
              hone.getAsDouble() / theirs.getAsDouble(),
              aim));
    }
  }

  private static String number(double figure) {
    return String.format(Locale.ROOT, figure < 1000 ? "%.2f" : "%,.0f", figure);
  }
}
