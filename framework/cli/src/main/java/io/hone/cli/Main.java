package io.hone.cli;

import io.hone.api.component.BadInputException;
import io.hone.core.engine.FailureMessage;
import java.util.Locale;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code hone}. */
@Command(
    name = "hone",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Finds adversarial examples of image classifiers, sharpens them, undoes them, and measures all"
            + " of it.",
    subcommands = {
      RunCommand.class,
      ValidateCommand.class,
      ListCommand.class,
      DescribeCommand.class,
      SchemaCommand.class,
      TrainCommand.class,
      ModelCommand.class,
      DiffCommand.class,
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
  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Numbers are printed and read the same way wherever Hone runs.
    Locale.setDefault(Locale.ROOT);
    System.setProperty("java.awt.headless", "true");
    ProcessExit.guard();
    Signals.install();
    ProcessExit.end(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(Main::execute)
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
