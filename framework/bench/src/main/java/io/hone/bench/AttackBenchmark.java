package io.hone.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Seconds that attacks take on the LeNet-5 that Hone ships, beside Foolbox on the same images and
 * threads. The two take turns, which JMH cannot do with a peer outside of the virtual machine.
 */
@Command(
    name = "AttackBenchmark",
    mixinStandardHelpOptions = true,
    description = "Takes the time of attacks on MNIST, in turns with Foolbox.")
final class AttackBenchmark implements Callable<Integer> {
  @Parameters(
      paramLabel = "ATTACK",
      description = "Which attacks: ${COMPLETION-CANDIDATES}. Default: all.")
  private Set<TimedAttack> attacks = EnumSet.allOf(TimedAttack.class);

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many images of the test set to attack. Default: ${DEFAULT-VALUE}.")
  private int images;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Turns of attacks that take seconds only; others get one. Default: 5.")
  private int rounds;

  @Mixin private PeerOption peer;

  @Mixin private Checkout checkout;

  private final Streams streams;

  /** Creates the benchmark. */
  AttackBenchmark(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    Optional<FoolboxAttack> foolbox =
        peer.open("Foolbox", FoolboxAttack.SCRIPT, checkout, streams).map(FoolboxAttack::new);
    try (WorkFolder work = WorkFolder.create();
        HoneAttack hone = new HoneAttack(checkout.path(), work.path(), images)) {
      List<AttackTurns> measured = new ArrayList<>();
      for (TimedAttack attack : attacks) {
        measured.add(turns(attack, hone, foolbox.filter(present -> attack.peered())));
      }
      streams.out().println(AttackTurns.HEAD);
      measured.forEach(turns -> streams.out().println(turns.line(images)));
      return CommandLine.ExitCode.OK;
    }
  }

  private AttackTurns turns(TimedAttack attack, HoneAttack hone, Optional<FoolboxAttack> foolbox)
      throws IOException {
    if (attack.brief()) {
      hone.run(attack); // what the compiler still does then is over before the first turn
    }
    List<HoneAttack.Run> ours = new ArrayList<>();
    List<AttackFigures> theirs = new ArrayList<>();
    for (int round = 0; round < (attack.brief() ? rounds : 1); round++) {
      HoneAttack.Run run = hone.run(attack);
      ours.add(run);
      tell(attack, "Hone", run.figures().seconds());
      if (foolbox.isPresent()) {
        AttackFigures figures = foolbox.get().run(attack, run.arrays());
        theirs.add(figures);
        tell(attack, "Foolbox", figures.seconds());
      }
    }
    return new AttackTurns(attack, ours, theirs);
  }

  private void tell(TimedAttack attack, String side, double seconds) {
    streams.log().printf(Locale.ROOT, "%s: %s %.2f s%n", attack, side, seconds);
  }
}
