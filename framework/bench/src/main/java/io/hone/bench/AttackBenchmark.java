package io.hone.bench;

import io.hone.api.component.BadInputException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
      names = "--python",
      paramLabel = "FILE",
      description = "A Python with torch, onnx and Foolbox. Default: Hone is measured alone.")
  private Optional<Path> python;

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

  @Option(
      names = "--checkout",
      paramLabel = "DIR",
      defaultValue = "",
      description = "Hone's sources. Default: the working folder.")
  private Path checkout;

  private final PrintStream out;
  private final PrintStream log;

  private AttackBenchmark(PrintStream out, PrintStream log) {
    this.out = out;
    this.log = log;
  }

  /**
   * Runs the benchmark.
   *
   * @param out for the table
   * @param log for what is going on
   * @return the exit code
   */
  static int run(PrintStream out, PrintStream log, String... arguments) {
    return new CommandLine(new AttackBenchmark(out, log))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (!(failure instanceof BadInputException)) {
                throw failure;
              }
              log.println("error: " + failure.getMessage());
              return CommandLine.ExitCode.USAGE;
            })
        .execute(arguments);
  }

  @Override
  public Integer call() throws IOException {
    Path home = checkout.toAbsolutePath();
    Optional<FoolboxAttack> foolbox = Optional.empty();
    if (python.isPresent()) {
      foolbox = Optional.of(new FoolboxAttack(python.get(), home));
    } else {
      log.println("Foolbox is left out: no --python was given.");
    }
    Path workFolder = Files.createTempDirectory("hone-attacks");
    try (HoneAttack hone = new HoneAttack(home, workFolder, images)) {
      List<AttackTurns> measured = new ArrayList<>();
      for (TimedAttack attack : attacks) {
        measured.add(turns(attack, hone, foolbox.filter(peer -> attack.peered())));
      }
      out.println(AttackTurns.HEAD);
      measured.forEach(turns -> out.println(turns.line(images)));
      return CommandLine.ExitCode.OK;
    } finally {
      delete(workFolder);
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
    log.printf(Locale.ROOT, "%s: %s %.2f s%n", attack, side, seconds);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) below.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(path);
      }
    }
  }
}
