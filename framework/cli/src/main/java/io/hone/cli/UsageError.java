package io.hone.cli;

import io.hone.cli.process.ExitCode;
import io.hone.scenario.diagnostics.Spelling;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells what is wrong with a command line and where to read more: a whole page of options would
 * hide the one line that matters.
 */
final class UsageError implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    command.getErr().println("error: " + problem(error));
    if (isGroupAlone(error)) {
      command.usage(command.getErr());
    } else {
      UnmatchedArgumentException.printSuggestions(error, command.getErr());
      command.getErr().println("see: " + command.getCommandSpec().qualifiedName(" ") + " --help");
    }
    return ExitCode.BAD_INPUT;
  }

  private static String problem(ParameterException error) {
    Set<String> commands = error.getCommandLine().getSubcommands().keySet();
    if (error instanceof UnmatchedArgumentException unmatched && !commands.isEmpty()) {
      String word = unmatched.getUnmatched().get(0);
      if (!word.startsWith("-")) {
        return "there is no command '" + word + "'" + Spelling.didYouMean(word, commands);
      }
    }
    return error.getMessage();
  }

  /** Returns whether a group of commands was named without one of them: its page lists them. */
  private static boolean isGroupAlone(ParameterException error) {
    return error.getClass() == ParameterException.class
        && !error.getCommandLine().getSubcommands().isEmpty();
  }
}
