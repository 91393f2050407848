package io.hone.cli;

import io.hone.cli.install.Installation;
import io.hone.cli.process.ExitCode;
import io.hone.host.component.ComponentKind;
import io.hone.host.newplugin.NewPlugin;
import io.hone.host.newplugin.PluginNames;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the Maven project of a new plugin. */
@Command(
    name = "new-plugin",
    mixinStandardHelpOptions = true,
    description =
        "Writes a Maven project with one component, its contract test and an example of its use.")
final class NewPluginCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "A new or empty folder.")
  private Path folder;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "attack",
      description = {
        "attack, improver, defense, dataset, metric, backend, trainer or architecture.",
        "By default attack."
      })
  private String kind;

  @Option(names = "--id", paramLabel = "ID", description = "The component's id, such as my-attack.")
  private Optional<String> id = Optional.empty();

  @Option(names = "--package", paramLabel = "NAME", description = "The Java package.")
  private Optional<String> packageName = Optional.empty();

  @Option(names = "--class", paramLabel = "NAME", description = "The component's Java class.")
  private Optional<String> className = Optional.empty();

  @Override
  public Integer call() {
    Installation installation = Installation.current();
    ComponentKind component = ComponentKind.named(kind);
    PluginNames names = PluginNames.of(component, folder, id, packageName, className);
    new NewPlugin(component, names, installation.repository(), seenFrom(installation.launcher()))
        .write(folder)
        .forEach(System.out::println);
    System.out.println("next: read " + folder.resolve("README.md"));
    return ExitCode.DONE;
  }

  /** Returns the command as one types it in the project's folder. */
  private String seenFrom(Path launcher) {
    Path project = folder.toAbsolutePath().normalize();
    return project.getRoot().equals(launcher.getRoot())
        ? project.relativize(launcher).toString()
        : launcher.toString();
  }
}
