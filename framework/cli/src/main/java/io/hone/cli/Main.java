package io.hone.cli;

import io.hone.api.BadInputException;
import io.hone.cli.export.ExportCommand;
import io.hone.cli.install.VersionProvider;
import io.hone.cli.model.ModelCommand;
import io.hone.cli.process.ExitCode;
import io.hone.cli.process.ProcessExit;
import io.hone.cli.process.Signals;
import io.hone.cli.process.StandardOutput;
import io.hone.engine.failure.FailureMessage;
import io.hone.engine.failure.MachineFault;
import java.util.Locale;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code hone}. */
@Command(
    name = "hone",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Finds adversarial examples of image classifiers, sharpens them, undoes them, and measures"
            + " all of it.",
    subcommands = {
      RunCommand.class,
      ValidateCommand.class,
      ListCommand.class,
      DescribeCommand.class,
      SchemaCommand.class,
      TrainCommand.class,
      ModelCommand.class,
      DiffCommand.class,
      ExportCommand.class,
      NewPluginCommand.class,
      CommandLine.HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed while running, or an expectation was not met",
      "2:found before the first batch; nothing was written",
      "130:cancelled"
    })
public final class Main {
  /** A constant, since there may be no memory left to put a sentence together. */
  private static final String NO_MEMORY =
      "error: Hone cannot start: not enough memory; give it more, as with"
          + " HONE_JAVA_OPTIONS=-Xmx2g";

  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    ProcessExit.guard();
    try {
      // Numbers are printed and read the same way wherever Hone runs.
      Locale.setDefault(Locale.ROOT);
      System.setProperty("java.awt.headless", "true");
      // ONNX Runtime logs a failure to load with its stack trace; Hone tells of it in a sentence.
      LogManager.getLogManager().reset();
      Signals.install();
      ProcessExit.end(StandardOutput.exitCode(execute(arguments)));
    } catch (Throwable failure) {
      tellThatNothingStarts(failure);
      ProcessExit.end(ExitCode.FAILED);
    }
  }

  /**
   * Tells why not even the command line could be set up: there is too little of something that all
   * classes need.
   */
  private static void tellThatNothingStarts(Throwable failure) {
    try {
      System.err.println(
          "error: Hone cannot start: " + MachineFault.advice(failure).orElse(failure.toString()));
    } catch (OutOfMemoryError | LinkageError noRoomForWords) {
      // A class that found no memory while it was initialised cannot be used any more.
      System.err.println(NO_MEMORY);
    }
  }

  private static int execute(String[] arguments) {
    if (Stream.of(arguments).anyMatch(Main::isUnreadable)) {
      System.err.println(
          "error: an argument holds letters that Java cannot read in this locale; choose one with"
              + " UTF-8, such as LC_ALL=C.UTF-8");
      return ExitCode.BAD_INPUT;
    }
    return commandLine().execute(arguments);
  }

  /** Java puts this letter in the place of bytes that it cannot read. */
  private static boolean isUnreadable(String argument) {
    return argument.indexOf('\uFFFD') >= 0;
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(Main::execute)
        .setParameterExceptionHandler(new UsageError())
        .setExecutionExceptionHandler((error, command, parsed) -> report(error, command));
  }

  /** Runs a command; picocli hands on exceptions, but lets errors of the JVM pass. */
  private static int execute(CommandLine.ParseResult parsed) {
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (Error error) {
      return report(error, parsed.commandSpec().commandLine());
    }
  }

  /** Prints an error without a stack trace; the log has it at level debug. */
  private static int report(Throwable error, CommandLine command) {
    LoggerFactory.getLogger(Main.class).debug("the command failed", error);
    command.getErr().println("error: " + FailureMessage.of(error));
    return error instanceof BadInputException ? ExitCode.BAD_INPUT : ExitCode.FAILED;
  }
}
