package io.hone.cli.process;

import io.hone.engine.context.Cancellation;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Ctrl-C, termination and a terminal that is closed do to this process.
 *
 * <p>They end it, unless a command turns them into a cancellation. The JVM's own reaction would run
 * shutdown hooks, among them ONNX Runtime's, which frees native memory that worker threads still
 * use. So the first signal only asks the run to end; a second one ends the process at once.
 *
 * <p>A signal may come twice: to this process, and through the launcher. A terminal sends it to
 * both, {@code kill} to one of them. So what counts is the larger of both numbers.
 */
public final class Signals {
  /** The signals and the exit codes that shells give a process which they end. */
  private static final Map<String, Integer> EXIT_CODES =
      Map.of("HUP", 129, "INT", 130, "TERM", 143);

  /** A process has one set of signals. */
  private static final Map<String, Signals> ALL = new TreeMap<>();

  private int received;
  private int handedOn;
  private int handled;
  private Runnable reaction;

  private Signals(Runnable reaction) {
    this.reaction = reaction;
  }

  /** Lets signals end this process in an orderly way, and hears of those that the launcher gets. */
  public static void install() {
    EXIT_CODES.forEach((name, code) -> register(name, () -> ProcessExit.end(code)));
    LauncherLink.open(Signals::handOn);
  }

  /** Turns Ctrl-C and termination into a cancellation. */
  public static void cancelOn(Cancellation cancellation) {
    for (String name : new String[] {"INT", "TERM"}) {
      register(name, () -> cancel(cancellation));
    }
  }

  private static void cancel(Cancellation cancellation) {
    if (cancellation.cancelled()) {
      LauncherLink.done();
      Runtime.getRuntime().halt(ExitCode.CANCELLED);
    }
    System.err.println("cancelling: finished batches are kept (again to stop at once)");
    cancellation.cancel();
  }

  private static synchronized void register(String name, Runnable reaction) {
    Signals signal = ALL.get(name);
    if (signal == null) {
      Signals added = new Signals(reaction);
      ALL.put(name, added);
      org.jline.utils.Signals.register(name, () -> added.arrived(1, 0));
    } else {
      signal.react(reaction);
    }
  }

  private static void handOn(String name) {
    Signals signal;
    synchronized (Signals.class) {
      signal = ALL.get(name);
    }
    if (signal != null) {
      signal.arrived(0, 1);
    }
  }

  private synchronized void react(Runnable changed) {
    reaction = changed;
  }

  private synchronized void arrived(int here, int atLauncher) {
    received += here;
    handedOn += atLauncher;
    if (Math.max(received, handedOn) > handled) {
      handled++;
      reaction.run();
    }
  }
}
