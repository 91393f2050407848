package io.hone.training;

import io.hone.engine.EngineComponents;
import io.hone.engine.context.Cancellation;
import io.hone.engine.context.RunServices;
import io.hone.engine.context.Silence;
import io.hone.engine.model.ModelLibrary;
import io.hone.engine.step.StepTypes;
import io.hone.host.component.ComponentDescriptors;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.scenario.ScenarioOptions;
import io.hone.scenario.TrainingScenario;
import io.hone.scenario.reading.TrainingScenarioReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs trainings of {@link Learner} with the components of the engine's tests. */
final class TrainingSetup {
  /** What is done with a training that was read. */
  interface Work {
    void run(TrainingRunner runner, TrainingScenario scenario) throws IOException;
  }

  private final Path folder;
  private String trainerSource = "test 1.0";
  private final Learner learner = new Learner();
  private TrainingPage page = (card, history, file) -> {};
  private final List<InstalledComponent<?>> components = new ArrayList<>(EngineComponents.all());

  /**
   * Creates the setup with the model {@code linear.model}.
   *
   * @param folder of the scenario and all that is written
   */
  TrainingSetup(Path folder) throws IOException {
    this.folder = folder;
    install(ComponentKind.DATASET, new NamedClasses());
    install(ComponentKind.IMPROVER, new Nudge());
    install(ComponentKind.ATTACK, new Jitter());
    Files.writeString(folder.resolve("linear.model"), "linear");
  }

  Learner learner() {
    return learner;
  }

  void install(ComponentKind kind, Object component) {
    components.add(EngineComponents.installed(kind, component));
  }

  /** Installs a component that is asked before all others. */
  void installFirst(ComponentKind kind, Object component) {
    components.add(0, EngineComponents.installed(kind, component));
  }

  /** Lets trainings write another page. */
  void page(TrainingPage other) {
    page = other;
  }

  /** Lets the learner come from another plugin, or another version. */
  void sourceOfTrainer(String source) {
    trainerSource = source;
  }

  private ComponentRegistry registry() {
    List<InstalledComponent<?>> all = new ArrayList<>(components);
    all.add(
        new InstalledComponent<>(
            ComponentDescriptors.read(Learner.class, ComponentKind.TRAINER, trainerSource),
            learner));
    return new ComponentRegistry(all);
  }

  /** Reads a training scenario and works with it. */
  void with(String yaml, Work work) throws IOException {
    ComponentRegistry registry = registry();
    Path file = Files.writeString(folder.resolve("train.yaml"), yaml);
    TrainingScenario scenario =
        new TrainingScenarioReader(registry, StepTypes.installed().grammars(), folder)
            .read(file, ScenarioOptions.none())
            .get(0);
    Path runs = folder.resolve("runs");
    try (ModelLibrary models = new ModelLibrary(registry);
        RunServices services =
            new RunServices(
                scenario.seed(),
                scenario.threads(),
                folder.resolve("data"),
                runs,
                models,
                Silence.INSTANCE,
                new Cancellation(),
                new SimpleMeterRegistry())) {
      work.run(new TrainingRunner(registry, services, runs, page), scenario);
    }
  }
}
