package io.hone.cli;

import io.hone.api.component.BadInputException;
import java.io.IOException;
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
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Main::report);
  }

  /** Prints an error without a stack trace; the log has it at level debug. */
  private static int report(
      Exception error, CommandLine command, CommandLine.ParseResult arguments) {
    LoggerFactory.getLogger(Main.class).debug("the command failed", error);
    command.getErr().println("error: " + message(error));
    return error instanceof BadInputException ? ExitCode.BAD_INPUT : ExitCode.FAILED;
  }

  private static String message(Exception error) {
    return error instanceof BadInputException || error instanceof IOException
        ? error.getMessage()
        : error + " (HONE_LOG=debug shows where)";
  }
}
