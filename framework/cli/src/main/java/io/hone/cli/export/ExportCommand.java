package io.hone.cli.export;

import picocli.CommandLine.Command;

/** Writes results in the forms that others read. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes results in the forms that others read.",
    synopsisSubcommandLabel = "FORM",
    subcommands = RobustBenchCommand.class)
public final class ExportCommand {
  private ExportCommand() {}
}
