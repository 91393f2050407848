package io.hone.cli.install;

import io.hone.Hone;
import io.hone.HoneBuilder;
import io.hone.cli.text.Console;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that adds plugins, shared by all commands that use components. */
public final class PluginOptions {
  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "More plugin jars, beside those of the distribution; may be repeated.")
  private List<Path> folders = List.of();

  /** Opens Hone with the plugins of the distribution and the given ones. */
  public Hone open() {
    return open(Optional.empty());
  }

  /**
   * Opens Hone as {@link #open()} does.
   *
   * @param dataFolder of data sets, where the user named one
   */
  public Hone open(Optional<Path> dataFolder) {
    return open(dataFolder, new SimpleMeterRegistry());
  }

  /** Opens Hone as {@link #open(Optional)} does, with meters of the caller. */
  public Hone open(Optional<Path> dataFolder, MeterRegistry meters) {
    Installation installation = Installation.current();
    HoneBuilder builder =
        Hone.builder()
            .home(installation.home())
            .classLoader(PluginOptions.class.getClassLoader())
            .listener(Console.ofProcess())
            .meters(meters)
            .version(Installation.version());
    if (Files.isDirectory(installation.plugins())) {
      builder.plugins(installation.plugins());
    }
    dataFolder.ifPresent(builder::dataFolder);
    return builder.plugins(folders.toArray(Path[]::new)).open();
  }
}
