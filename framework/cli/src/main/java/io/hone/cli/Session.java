package io.hone.cli;

import io.hone.core.component.PluginDescription;
import io.hone.core.component.PluginHost;
import io.hone.core.engine.Cancellation;
import io.hone.core.engine.RunServices;
import io.hone.core.model.ModelLibrary;
import io.hone.core.scenario.TrainingScenario;
import io.hone.core.training.TrainingRunner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
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

  /**
   * Returns what a training works with; close it before the session.
   *
   * @param data folder of data sets
   */
  RunServices services(TrainingScenario scenario, Path data, Cancellation cancellation) {
    return new RunServices(
        scenario.seed(),
        scenario.threads(),
        data,
        workFolder(scenario),
        models,
        Console.ofProcess(),
        cancellation,
        new SimpleMeterRegistry());
  }

  /** Returns the runner of a training, which keeps its checkpoints below the working folder. */
  TrainingRunner trainings(TrainingScenario scenario, RunServices services) {
    return new TrainingRunner(host.registry(), services, workFolder(scenario));
  }

  private static Path workFolder(TrainingScenario scenario) {
    return Path.of("runs", "train", scenario.name()).toAbsolutePath();
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
