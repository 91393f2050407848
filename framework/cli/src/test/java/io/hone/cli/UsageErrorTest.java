package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong command line is told in a line or two, with the command that tells more. */
class UsageErrorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run x.yaml --limit many  | '--limit': 'many' is not a long   | see: hone run --help",
        "run                      | Missing required parameter: 'FILE' | see: hone run --help",
        "run x.yaml --limt 3      | Unknown options: '--limt'          | see: hone run --help",
        "model check              | Missing required parameter         | see: hone model check --help",
        "rnu x.yaml               | no command 'rnu'; did you mean 'run' | see: hone --help",
      })
  void theMistakeAndTheWayToHelpAreTold(String arguments, String problem, String help) {
    String told = told(arguments.strip().split(" "));

    assertThat(told).startsWith("error: ").contains(problem.strip()).endsWith(help.strip() + "\n");
    assertThat(told.lines()).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void aGroupOfCommandsAloneListsThem() {
    assertThat(told()).contains("Missing required subcommand", "validate", "new-plugin");
    assertThat(told("model")).contains("inspect", "export-gradient");
  }

  private static String told(String... arguments) {
    StringWriter err = new StringWriter();
    int exitCode = Main.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
    assertThat(exitCode).isEqualTo(2);
    return err.toString();
  }
}
