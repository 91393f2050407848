package io.hone;

import io.hone.api.Attack;
import io.hone.api.BadInputException;
import io.hone.api.Defense;
import io.hone.api.Improver;
import io.hone.api.metric.Metric;
import io.hone.api.model.ModelCard;
import io.hone.api.stability.Stability;
import io.hone.engine.RunResult;
import io.hone.engine.context.RunListener;
import io.hone.engine.context.RunServices;
import io.hone.engine.model.ModelLibrary;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.plugin.PluginDescription;
import io.hone.host.plugin.PluginHost;
import io.hone.scenario.ScenarioOptions;
import io.hone.scenario.TrainingScenario;
import io.hone.training.TrainingExamples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Hone's front door: runs scenarios and trainings, and attacks models with images that a program
 * holds.
 *
 * <p>A Hone owns its plugins and its models; closing it closes them. It may be used by several
 * threads at once, and several may be open in one process. Bad input of any kind, and use after
 * close, end with a {@link BadInputException}.
 *
 * <pre>{@code
 * try (Hone hone = Hone.open()) {
 *   RunResult result = hone.run(Path.of("scenario.yaml"));
 *   Model model = hone.model(Path.of("photos.onnx"));
 *   Examples examples = hone.attack("pgd", Map.of("epsilon", "8/255")).run(model, images, labels);
 *   System.out.println(examples.robustAccuracy());
 * }
 * }</pre>
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public final class Hone implements AutoCloseable {
  private final HoneSettings settings;
  private final PluginHost host;
  private final Wiring wiring;
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
  private final Deque<ModelLibrary> libraries = new ArrayDeque<>();
  private boolean closed;

  Hone(HoneSettings settings, PluginHost host) {
    this.settings = settings;
    this.host = host;
    this.wiring = new Wiring(settings, host);
  }

  /** Opens Hone with the components on the class path. */
  public static Hone open() {
    return builder().open();
  }

  /** Begins to open a Hone with settings of its own. */
  public static HoneBuilder builder() {
    return new HoneBuilder();
  }

  /**
   * Runs a scenario. Results go to {@code runs/NAME}, with a report, and replace those of an
   * earlier run.
   *
   * @throws BadInputException for what is wrong with the scenario, its data or its model
   * @throws IOException if the results cannot be written
   */
  public RunResult run(Path scenario) throws IOException {
    return run(scenario, RunSettings.usual());
  }

  /** Runs a scenario as {@link #run(Path)} does, with settings. */
  public RunResult run(Path scenario, RunSettings how) throws IOException {
    return working(() -> wiring.run(scenario, how));
  }

  /**
   * Finds what is wrong with a scenario or a training, with its components, data and models,
   * without running it.
   *
   * @return what it would make
   * @throws BadInputException naming everything that is wrong
   */
  public Validated validate(Path file) {
    return validate(file, ScenarioOptions.none());
  }

  /** Validates as {@link #validate(Path)} does, with changes to the file. */
  public Validated validate(Path file, ScenarioOptions changes) {
    return working(() -> wiring.validate(file, changes));
  }

  /**
   * Trains the model that a training scenario describes. A page of its curves, {@code
   * training.html}, is beside the card, unless the trainer tells of no epoch.
   *
   * @return the card of the finished model
   * @throws BadInputException for what is wrong with the scenario, its data or its models
   * @throws IOException if the model cannot be written
   */
  public ModelCard train(Path file) throws IOException {
    return train(file, TrainingSettings.usual());
  }

  /**
   * Trains as {@link #train(Path)} does, with settings.
   *
   * @throws BadInputException also for a scenario with a matrix, which makes several models
   */
  public ModelCard train(Path file, TrainingSettings how) throws IOException {
    return working(
        () ->
            wiring.training(
                only(wiring.trainings(file, how.changes())),
                how.cancellation(),
                (runner, training) -> runner.train(training, how.resume())));
  }

  /**
   * Trains the models that a training scenario describes, one after the other: with a matrix one
   * for each of its points. A training that fails ends there; the models before it are kept, and
   * {@link TrainingSettings#resume} goes on.
   *
   * @return the cards of the finished models, in the order of the matrix
   * @throws BadInputException for what is wrong with the scenario, its data or its models
   * @throws IOException if a model cannot be written
   */
  public List<ModelCard> trainAll(Path file, TrainingSettings how) throws IOException {
    return working(
        () -> {
          List<ModelCard> cards = new ArrayList<>();
          for (TrainingScenario each : wiring.trainings(file, how.changes())) {
            cards.add(
                wiring.training(
                    each,
                    how.cancellation(),
                    (runner, training) -> runner.train(training, how.resume())));
          }
          return cards;
        });
  }

  /** Makes the examples that a training learns from, or finds them stored, and ends there. */
  public TrainingExamples trainingExamples(Path file, TrainingSettings how) throws IOException {
    return working(
        () ->
            wiring.training(
                only(wiring.trainings(file, how.changes())),
                how.cancellation(),
                (runner, training) -> runner.makeExamples(training)));
  }

  private static TrainingScenario only(List<TrainingScenario> trainings) {
    if (trainings.size() > 1) {
      throw trainings
          .get(0)
          .places()
          .error(
              "matrix",
              "the matrix makes %d models where one is wanted; call trainAll, or remove the matrix"
                  .formatted(trainings.size()));
    }
    return trainings.get(0);
  }

  /**
   * Names a model: a folder with a card, or a bare model file. It is opened when it is first used.
   */
  public Model model(Path path) {
    return working(() -> new Model(this, path));
  }

  /**
   * Chooses an attack.
   *
   * @param id such as {@code pgd}
   * @param parameters by their names in scenarios; the others have their defaults
   * @throws BadInputException if there is no such attack, or a parameter is wrong
   */
  public AttackPlan attack(String id, Map<String, ?> parameters) {
    return new AttackPlan(this, bind(ComponentKind.ATTACK, id, parameters), StepSettings.USUAL);
  }

  /** Chooses an attack by its class, with typed parameters. */
  public <P extends Record> AttackPlan attack(Class<? extends Attack<P>> type, P parameters) {
    return new AttackPlan(this, bind(ComponentKind.ATTACK, type, parameters), StepSettings.USUAL);
  }

  /** Chooses an improver as {@link #attack(String, Map)} chooses an attack. */
  public ImproverPlan improver(String id, Map<String, ?> parameters) {
    return new ImproverPlan(this, bind(ComponentKind.IMPROVER, id, parameters), StepSettings.USUAL);
  }

  /** Chooses an improver by its class, with typed parameters. */
  public <P extends Record> ImproverPlan improver(Class<? extends Improver<P>> type, P parameters) {
    return new ImproverPlan(
        this, bind(ComponentKind.IMPROVER, type, parameters), StepSettings.USUAL);
  }

  /** Chooses a defense as {@link #attack(String, Map)} chooses an attack. */
  public DefensePlan defense(String id, Map<String, ?> parameters) {
    return new DefensePlan(this, bind(ComponentKind.DEFENSE, id, parameters), StepSettings.USUAL);
  }

  /** Chooses a defense by its class, with typed parameters. */
  public <P extends Record> DefensePlan defense(Class<? extends Defense<P>> type, P parameters) {
    return new DefensePlan(this, bind(ComponentKind.DEFENSE, type, parameters), StepSettings.USUAL);
  }

  /** Chooses a metric as {@link #attack(String, Map)} chooses an attack. */
  public MetricPlan metric(String id, Map<String, ?> parameters) {
    return new MetricPlan(bind(ComponentKind.METRIC, id, parameters));
  }

  /** Chooses a metric by its class, with typed parameters. */
  public <P extends Record> MetricPlan metric(Class<? extends Metric<P>> type, P parameters) {
    return new MetricPlan(bind(ComponentKind.METRIC, type, parameters));
  }

  private <C> BoundComponent<C> bind(ComponentKind kind, String id, Map<String, ?> parameters) {
    return working(() -> choice().byId(kind, id, parameters));
  }

  private <C> BoundComponent<C> bind(ComponentKind kind, Class<?> type, Record parameters) {
    return working(() -> choice().byClass(kind, type, parameters));
  }

  private ComponentChoice choice() {
    return new ComponentChoice(host.registry());
  }

  /** Returns every installed component, with its description. */
  public ComponentRegistry components() {
    return working(host::registry);
  }

  /** Returns the plugins that were loaded from jars, in the order of folders and file names. */
  public List<PluginDescription> plugins() {
    return working(host::plugins);
  }

  /**
   * Chooses any component.
   *
   * @param <C> the kind's extension point, such as {@code Trainer<Record>}
   * @throws BadInputException if there is no such component, or a parameter is wrong
   */
  public <C> BoundComponent<C> component(ComponentKind kind, String id, Map<String, ?> parameters) {
    return bind(kind, id, parameters);
  }

  /** Opens a workbench for tools that call components and models themselves; close it first. */
  public Workbench workbench(Workbench.Settings how) {
    return working(() -> new Workbench(this, how));
  }

  int threads() {
    return settings.threads();
  }

  /** Returns what components work with on images that a program holds; close it afterwards. */
  RunServices services(long seed, ModelLibrary models) {
    return wiring.forArrays(seed, models);
  }

  /** Returns what components work with on a workbench; close it afterwards. */
  RunServices services(
      long seed, Workbench.Settings how, RunListener listener, ModelLibrary models) {
    return wiring.forWorkbench(seed, how, listener, models);
  }

  /** Returns a library that its user closes, or that opens nothing. */
  ModelLibrary ownLibrary() {
    return wiring.newLibrary();
  }

  /** Returns a library that is closed with this Hone. */
  ModelLibrary newLibrary() {
    ModelLibrary library = wiring.newLibrary();
    synchronized (libraries) {
      libraries.push(library);
    }
    return library;
  }

  /** Work that may fail in writing. */
  interface Work<T, E extends Exception> {
    T get() throws E;
  }

  /**
   * Does some work while nothing is closed.
   *
   * @throws BadInputException if this Hone was closed
   */
  <T, E extends Exception> T working(Work<T, E> work) throws E {
    use.readLock().lock();
    try {
      if (closed) {
        throw new BadInputException("this Hone was closed; open another with Hone.open()");
      }
      return work.get();
    } finally {
      use.readLock().unlock();
    }
  }

  /**
   * Closes models and plugins, once work that other threads do has ended. Closing again does
   * nothing.
   *
   * @throws BadInputException if it is called from within this Hone's own work, such as a listener
   */
  @Override
  public void close() {
    if (use.getReadHoldCount() > 0) {
      throw new BadInputException("a Hone cannot be closed from within its own work");
    }
    use.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      libraries.forEach(ModelLibrary::close);
      host.close();
    } finally {
      use.writeLock().unlock();
    }
  }
}
