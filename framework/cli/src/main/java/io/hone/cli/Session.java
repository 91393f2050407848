package io.hone.cli;

import io.hone.core.component.PluginDescription;
import io.hone.core.component.PluginHost;
import io.hone.core.model.ModelLibrary;
import java.util.Map;
import java.util.TreeMap;

/** The plugins and models that one command uses; closing it closes the models first. */
final class Session implements AutoCloseable {
  private final Installation installation;
  private final PluginHost host;
  private final ModelLibrary models;

  Session(Installation installation, PluginOptions plugins) {
    this.installation = installation;
    this.host = plugins.load(installation);
    this.models = new ModelLibrary(host.registry());
  }

  Installation installation() {
    return installation;
  }

  PluginHost host() {
    return host;
  }

  ModelLibrary models() {
    return models;
  }

  /** Returns what the results say of this Hone and its plugins. */
  Map<String, Object> provenance() {
    Map<String, Object> versions = new TreeMap<>();
    for (PluginDescription plugin : host.plugins()) {
      versions.put(plugin.id(), plugin.version());
    }
    Map<String, Object> provenance = new TreeMap<>();
    provenance.put("hone", Installation.version());
    provenance.put("plugins", versions);
    return provenance;
  }

  @Override
  public void close() {
    models.close();
    host.close();
  }
}
