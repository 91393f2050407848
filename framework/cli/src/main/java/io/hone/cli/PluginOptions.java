package io.hone.cli;

import io.hone.core.component.PluginHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that adds plugins, shared by all commands that use components. */
final class PluginOptions {
  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "More plugin jars, beside those of the distribution; may be repeated.")
  private List<Path> folders = List.of();

  /** Loads the plugins of the distribution and the given ones. */
  PluginHost load(Installation installation) {
    List<Path> all = new ArrayList<>();
    if (java.nio.file.Files.isDirectory(installation.plugins())) {
      all.add(installation.plugins());
    }
    all.addAll(folders);
    return PluginHost.load(all, Main.class.getClassLoader());
  }
}
