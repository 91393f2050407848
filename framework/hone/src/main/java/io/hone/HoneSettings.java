package io.hone;

import io.hone.engine.context.RunListener;
import io.hone.engine.data.DataFolder;
import io.hone.host.plugin.PluginDescription;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a {@link Hone} was opened. Immutable, so that a builder that goes on changes no Hone that is
 * open.
 *
 * @param plugins jars, or folders that hold jars
 * @param classLoader whose services tell the other components
 * @param home where paths of scenarios are looked for that are not beside the file
 * @param namedDataFolder the folder of data sets, where the program names one
 * @param workFolder for results and checkpoints
 * @param listener shows progress and notices
 * @param meters the operational meters
 * @param threads to work on images that a program holds
 * @param version for the results
 */
record HoneSettings(
    List<Path> plugins,
    ClassLoader classLoader,
    Path home,
    Optional<Path> namedDataFolder,
    Path workFolder,
    RunListener listener,
    MeterRegistry meters,
    int threads,
    String version) {
  HoneSettings {
    plugins = List.copyOf(plugins);
  }

  /** Returns the folder of data sets: the named one, or else the usual one. */
  Path dataFolder() {
    return DataFolder.of(namedDataFolder);
  }

  /** Returns what results say of a Hone with these settings and some plugins. */
  Map<String, Object> provenance(List<PluginDescription> loaded) {
    Map<String, Object> versions = new TreeMap<>();
    for (PluginDescription plugin : loaded) {
      versions.put(plugin.id(), plugin.version());
    }
    Map<String, Object> provenance = new TreeMap<>();
    provenance.put("hone", version);
    provenance.put("plugins", versions);
    return provenance;
  }
}
