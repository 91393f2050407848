package io.hone.bench;

import io.hone.api.BadInputException;
import io.hone.bench.robustness.Comparison;
import io.hone.bench.robustness.Evaluation;
import io.hone.bench.robustness.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Robust accuracy that {@code auto-attack} leaves, image by image beside the authors' AutoAttack:
 * as it was recorded, or in turns with it, which also compares their times.
 */
@Command(
    name = "AutoAttackBenchmark",
    mixinStandardHelpOptions = true,
    description = "Compares auto-attack with the authors' AutoAttack.")
final class AutoAttackBenchmark implements Callable<Integer> {
  @Parameters(
      paramLabel = "RECORDING",
      description = "Which evaluations. Default: every recording that Hone keeps.")
  private List<String> names = Recording.NAMES;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "How many images, from the first. Default: all of the recording.")
  private Optional<Integer> images;

  @Option(
      names = "--seeds",
      paramLabel = "SEED",
      split = ",",
      description = "Seeds, separated by commas. Default: those of the recording.")
  private List<Long> seeds = List.of();

  @Option(
      names = "--alone",
      description = "Compares single attacks on all images, where the recording has them.")
  private boolean alone;

  @Option(
      names = "--reference",
      paramLabel = "DIR",
      description = "A clone of github.com/fra31/auto-attack, for --python.")
  private Optional<Path> reference;

  @Mixin private PeerOption peer;

  @Mixin private DataDirectory data;

  @Mixin private Checkout checkout;

  private final Streams streams;

  /** Creates the benchmark. */
  AutoAttackBenchmark(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    Optional<ReferenceAutoAttack> running =
        peer.open("AutoAttack", ReferenceAutoAttack.SCRIPT, checkout, streams)
            .map(script -> new ReferenceAutoAttack(script, sources()));
    try (WorkFolder work = WorkFolder.create();
        HoneEvaluation hone = new HoneEvaluation(checkout.path(), data.path(), work.path())) {
      if (alone) {
        compareSingleAttacks(hone);
        return CommandLine.ExitCode.OK;
      }
      List<AutoAttackTurns> measured = new ArrayList<>();
      for (String name : names) {
        measured.add(turns(name, Recording.named(name), hone, running));
      }
      streams.out().println(AutoAttackTurns.HEAD);
      measured.forEach(turns -> streams.out().println(turns.line()));
      measured.forEach(this::printDifferences);
      return CommandLine.ExitCode.OK;
    }
  }

  private Path sources() {
    return reference.orElseThrow(
        () ->
            new BadInputException(
                "--python needs --reference, a clone of github.com/fra31/auto-attack"));
  }

  private AutoAttackTurns turns(
      String name, Recording recording, HoneEvaluation hone, Optional<ReferenceAutoAttack> running)
      throws IOException {
    String attack =
        "{use: auto-attack, with: {version: %s, epsilon: %s, norm: %s}}"
            .formatted(recording.version(), recording.epsilon(), recording.normInScenario());
    List<Evaluation> ours = new ArrayList<>();
    List<Evaluation> theirs = new ArrayList<>();
    for (long seed : seeds.isEmpty() ? recording.seeds() : seeds) {
      Evaluation evaluation = hone.run(recording, count(recording), seed, attack);
      ours.add(told(name, "Hone", evaluation));
      if (running.isPresent()) {
        Evaluation their = running.get().run(recording, seed, hone.arrays());
        theirs.add(told(name, "AutoAttack", their));
      }
    }
    boolean inTurns = running.isPresent();
    Comparison comparison = new Comparison(ours, inTurns ? theirs : recorded(recording));
    return new AutoAttackTurns(name, recording, comparison, inTurns);
  }

  private List<Evaluation> recorded(Recording recording) {
    return recording.evaluations().stream()
        .map(evaluation -> evaluation.first(count(recording)))
        .toList();
  }

  private int count(Recording recording) {
    return Math.min(images.orElse(recording.count()), recording.count());
  }

  private Evaluation told(String name, String side, Evaluation evaluation) {
    streams
        .log()
        .printf(
            Locale.ROOT,
            "%s, seed %d: %s %.2f s, %d robust%n",
            name,
            evaluation.seed(),
            side,
            evaluation.seconds(),
            evaluation.count(Evaluation.ROBUST));
    return evaluation;
  }

  private void printDifferences(AutoAttackTurns turns) {
    print(turns.name(), turns.comparison().endings());
    print(turns.name(), turns.comparison().disputes());
  }

  private void print(String name, List<String> table) {
    if (!table.isEmpty()) {
      streams.out().printf("%n%s:%n%n", name);
      table.forEach(streams.out()::println);
    }
  }

  private void compareSingleAttacks(HoneEvaluation hone) throws IOException {
    streams.out().println(SingleAttack.HEAD);
    for (String name : names) {
      Recording recording = Recording.named(name);
      for (Recording.Alone single : recording.alone()) {
        String attack = AutoAttackStage.of(single.name()).inScenario(recording);
        int count = Math.min(count(recording), single.count());
        for (long seed : seeds.isEmpty() ? List.of(single.seed()) : seeds) {
          Evaluation ours = hone.run(recording, count, seed, attack);
          streams.out().println(new SingleAttack(name, single, ours).line());
        }
      }
    }
  }
}
