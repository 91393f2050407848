package io.hone.bench;

import io.hone.engine.results.StepSummary;
import io.hone.host.figure.FigureTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What chains of improvers came to on the same examples.
 *
 * @param examples that were improved
 * @param greedy alone
 * @param learned greedy behind an autoencoder, the autoencoder included
 * @param perfect greedy behind an autoencoder that restores just what greedy would, in one query
 *     and no time: none can save more
 */
record ChainFigures(long examples, Chain greedy, Chain learned, Chain perfect) {
  /**
   * One chain.
   *
   * @param left mean number of features that still differ, on the 8-bit grid
   * @param queries mean per example
   * @param seconds over all examples, two threads side by side
   */
  record Chain(double left, double queries, double seconds) {
    Chain plus(double moreQueries, double moreSeconds) {
      return new Chain(left, queries + moreQueries, seconds + moreSeconds);
    }
  }

  /** Takes the figures from the steps of {@link ChainSettings#scenario()}. */
  static ChainFigures of(List<StepSummary> steps) {
    Map<String, StepSummary> byId =
        steps.stream().collect(Collectors.toMap(StepSummary::id, Function.identity()));
    Chain guess = chain(byId.get("guess"));
    return new ChainFigures(
        byId.get("greedy").attempted(),
        chain(byId.get("greedy")),
        chain(byId.get("learned")).plus(guess.queries(), guess.seconds()),
        chain(byId.get("perfect")).plus(1, 0));
  }

  private static Chain chain(StepSummary step) {
    return new Chain(
        figure(step, "l0.mean"),
        figure(step, "queries.forward") + figure(step, "queries.gradient"),
        figure(step, "seconds"));
  }

  private static double figure(StepSummary step, String path) {
    return FigureTree.find(step.metrics(), path).orElse(0);
  }

  /** Returns the lines of a Markdown table, each chain at its median time. */
  static List<String> table(List<ChainFigures> rounds) {
    Chain greedy = median(rounds, ChainFigures::greedy);
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "| chain, %,d examples | L0 left | queries | s | fewer queries | faster |",
            rounds.get(0).examples()));
    lines.add("|---|---:|---:|---:|---:|---:|");
    lines.add(line("greedy", greedy, greedy));
    lines.add(line("autoencoder + greedy", median(rounds, ChainFigures::learned), greedy));
    lines.add(line("perfect guess + greedy", median(rounds, ChainFigures::perfect), greedy));
    return lines;
  }

  private static Chain median(List<ChainFigures> rounds, Function<ChainFigures, Chain> which) {
    return Medians.of(rounds.stream().map(which).toList(), Comparator.comparing(Chain::seconds));
  }

  private static String line(String name, Chain chain, Chain greedy) {
    return String.format(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.2f | %.2f x | %.2f x |",
        name,
        chain.left(),
        chain.queries(),
        chain.seconds(),
        greedy.queries() / chain.queries(),
        greedy.seconds() / chain.seconds());
  }
}
