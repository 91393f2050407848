package io.hone;

import io.hone.api.Attack;
import io.hone.api.BadInputException;
import io.hone.api.Defense;
import io.hone.api.Improver;
import io.hone.api.metric.Metric;
import io.hone.api.model.ModelCard;
import io.hone.engine.RunOptions;
import io.hone.engine.RunResult;
import io.hone.engine.ScenarioRunner;
import io.hone.engine.context.Cancellation;
import io.hone.engine.context.RunListener;
import io.hone.engine.context.RunServices;
import io.hone.engine.context.Silence;
import io.hone.engine.data.DataFolder;
import io.hone.engine.model.ModelLibrary;
import io.hone.engine.results.ResultFolder;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentDescriptors;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.host.plugin.PluginDescription;
import io.hone.host.plugin.PluginHost;
import io.hone.report.HtmlReport;
import io.hone.scenario.Scenario;
import io.hone.scenario.ScenarioOptions;
import io.hone.scenario.TrainingScenario;
import io.hone.scenario.binding.ComponentParameters;
import io.hone.scenario.diagnostics.Spelling;
import io.hone.scenario.reading.ScenarioReader;
import io.hone.scenario.reading.TrainingScenarioReader;
import io.hone.training.TrainingExamples;
import io.hone.training.TrainingRunner;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

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
public final class Hone implements AutoCloseable {
  private final Builder settings;
  private final PluginHost host;
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
  private final Deque<ModelLibrary> libraries = new ArrayDeque<>();
  private boolean closed;

  private Hone(Builder settings, PluginHost host) {
    this.settings = settings;
    this.host = host;
  }

  /** Opens Hone with the components on the class path. */
  public static Hone open() {
    return builder().open();
  }

  /** Begins to open a Hone with settings of its own. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects how a Hone is opened. */
  public static final class Builder {
    private final List<Path> plugins = new ArrayList<>();
    private ClassLoader classLoader = Hone.class.getClassLoader();
    private Path home = Path.of("").toAbsolutePath();
    private Optional<Path> dataFolder = Optional.empty();
    private Path workFolder = Path.of("runs").toAbsolutePath();
    private RunListener listener = Silence.INSTANCE;
    private MeterRegistry meters = new SimpleMeterRegistry();
    private int threads = Runtime.getRuntime().availableProcessors();
    private String version = "development";

    private Builder() {}

    /** Adds plugin jars, or folders that hold plugin jars. */
    public Builder plugins(Path... jarsOrFolders) {
      plugins.addAll(List.of(jarsOrFolders));
      return this;
    }

    /** Names the class loader whose {@code META-INF/services} tell the other components. */
    public Builder classLoader(ClassLoader loader) {
      classLoader = loader;
      return this;
    }

    /** Names the folder where paths of scenarios are looked for that are not beside the file. */
    public Builder home(Path folder) {
      home = folder.toAbsolutePath();
      return this;
    }

    /** Names the folder of data sets; else {@code HONE_DATA_DIR}, or the user's cache. */
    public Builder dataFolder(Path folder) {
      dataFolder = Optional.of(folder);
      return this;
    }

    /** Names the folder for results and checkpoints; else {@code runs}. */
    public Builder workFolder(Path folder) {
      workFolder = folder.toAbsolutePath();
      return this;
    }

    /** Shows progress and notices; without this they are not shown. */
    public Builder listener(RunListener shown) {
      listener = shown;
      return this;
    }

    /** Takes the operational meters. */
    public Builder meters(MeterRegistry registry) {
      meters = registry;
      return this;
    }

    /** Grants threads to work on images that a program holds; else one per core. */
    public Builder threads(int count) {
      threads = (int) Checks.positive("threads", count);
      return this;
    }

    /** Tells the version for the results. */
    public Builder version(String text) {
      version = text;
      return this;
    }

    /**
     * Opens Hone.
     *
     * @throws BadInputException with everything that is wrong with the plugins
     */
    public Hone open() {
      return new Hone(this, PluginHost.load(plugins, classLoader));
    }
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
    return working(
        () -> {
          Scenario read =
              new ScenarioReader(host.registry(), settings.home).read(scenario, how.changes());
          RunOptions options = options(read, how);
          try (ModelLibrary models = new ModelLibrary(host.registry())) {
            return new ScenarioRunner(models)
                .run(read, options, ended -> publish(ended, options.output(), how));
          }
        });
  }

  private RunOptions options(Scenario scenario, RunSettings how) {
    Path folder = how.folder().orElseGet(() -> settings.workFolder.resolve(scenario.name()));
    return new RunOptions(
        new ResultFolder(folder),
        how.existing(),
        dataFolder(),
        how.listener().orElse(settings.listener),
        how.cancellation(),
        settings.meters,
        provenance());
  }

  private static void publish(RunResult result, ResultFolder folder, RunSettings how)
      throws IOException {
    new HtmlReport()
        .write(result.summary(), result.gallery(), folder.path().resolve("report.html"));
    how.alongside().write(result);
  }

  /** Returns what the results say of this Hone and its plugins. */
  private Map<String, Object> provenance() {
    Map<String, Object> versions = new TreeMap<>();
    for (PluginDescription plugin : host.plugins()) {
      versions.put(plugin.id(), plugin.version());
    }
    Map<String, Object> provenance = new TreeMap<>();
    provenance.put("hone", settings.version);
    provenance.put("plugins", versions);
    return provenance;
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
    return working(
        () -> {
          if (TrainingScenarioReader.isTraining(file)) {
            TrainingScenario training = training(file, changes);
            try (ModelLibrary models = new ModelLibrary(host.registry());
                RunServices services = services(training, models, new Cancellation())) {
              runner(training, services).validate(training);
            }
            return Validated.training(training.trainer().descriptor().id(), training.out());
          }
          Scenario scenario =
              new ScenarioReader(host.registry(), settings.home).read(file, changes);
          try (ModelLibrary models = new ModelLibrary(host.registry())) {
            new ScenarioRunner(models).validate(scenario, options(scenario, RunSettings.usual()));
          }
          return Validated.scenario(scenario.steps().size());
        });
  }

  /**
   * Trains the model that a training scenario describes.
   *
   * @return the card of the finished model
   * @throws BadInputException for what is wrong with the scenario, its data or its models
   * @throws IOException if the model cannot be written
   */
  public ModelCard train(Path file) throws IOException {
    return train(file, TrainingSettings.usual());
  }

  /** Trains as {@link #train(Path)} does, with settings. */
  public ModelCard train(Path file, TrainingSettings how) throws IOException {
    return working(
        () -> {
          TrainingScenario training = training(file, how.changes());
          try (ModelLibrary models = new ModelLibrary(host.registry());
              RunServices services = services(training, models, how.cancellation())) {
            return runner(training, services).train(training, how.resume());
          }
        });
  }

  private TrainingScenario training(Path file, ScenarioOptions changes) {
    return new TrainingScenarioReader(host.registry(), settings.home).read(file, changes);
  }

  private TrainingRunner runner(TrainingScenario training, RunServices services) {
    return new TrainingRunner(host.registry(), services, trainingFolder(training));
  }

  private Path trainingFolder(TrainingScenario training) {
    return settings.workFolder.resolve("train").resolve(training.name());
  }

  private RunServices services(
      TrainingScenario training, ModelLibrary models, Cancellation cancellation) {
    return new RunServices(
        training.seed(),
        training.threads(),
        dataFolder(),
        trainingFolder(training),
        models,
        settings.listener,
        cancellation,
        settings.meters);
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
    return working(
        () -> {
          InstalledComponent<C> installed =
              components().<C>find(kind, id).orElseThrow(() -> unknown(kind, id));
          return ComponentParameters.bind(installed, parameters);
        });
  }

  private BadInputException unknown(ComponentKind kind, String id) {
    List<String> known =
        components().descriptors(kind).stream().map(ComponentDescriptor::id).toList();
    return new BadInputException(
        "there is no "
            + kind.word()
            + " '"
            + id
            + "'"
            + Spelling.didYouMean(id, known)
            + (known.isEmpty()
                ? "; none is installed: add plugin jars to the class path or to the builder"
                : "; installed are " + String.join(", ", known)));
  }

  private <C> BoundComponent<C> bind(ComponentKind kind, Class<?> type, Record parameters) {
    return working(
        () -> {
          ComponentDescriptor descriptor = ComponentDescriptors.read(type, kind, "class path");
          @SuppressWarnings("unchecked") // the caller's bounds say which extension point it is
          C instance = (C) instance(type);
          return ComponentParameters.bind(
              new InstalledComponent<>(descriptor, instance), parameters);
        });
  }

  private static Object instance(Class<?> type) {
    try {
      return type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new BadInputException(type.getName() + " cannot be created: " + e, e);
    }
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
    return working(
        () -> {
          return new Workbench(
              new ModelLibrary(host.registry()),
              how,
              (seed, listener, models) ->
                  new RunServices(
                      seed,
                      how.threads(),
                      dataFolder(),
                      settings.workFolder.resolve("model"),
                      models,
                      listener,
                      how.cancellation(),
                      settings.meters));
        });
  }

  /** Makes the examples that a training learns from, or finds them stored, and ends there. */
  public TrainingExamples trainingExamples(Path file, TrainingSettings how) throws IOException {
    return working(
        () -> {
          TrainingScenario training = training(file, how.changes());
          try (ModelLibrary models = new ModelLibrary(host.registry());
              RunServices services = services(training, models, how.cancellation())) {
            return runner(training, services).makeExamples(training);
          }
        });
  }

  int threads() {
    return settings.threads;
  }

  private Path dataFolder() {
    return DataFolder.of(settings.dataFolder);
  }

  /** Returns what components work with outside of a scenario; close it afterwards. */
  RunServices services(long seed, ModelLibrary models) {
    return new RunServices(
        seed,
        settings.threads,
        dataFolder(),
        settings.workFolder.resolve("work"),
        models,
        settings.listener,
        new Cancellation(),
        settings.meters);
  }

  /** Returns a library that is closed with this Hone. */
  ModelLibrary newLibrary() {
    ModelLibrary library = new ModelLibrary(host.registry());
    synchronized (libraries) {
      libraries.push(library);
    }
    return library;
  }

  /** Asks a library of its own, which opens nothing that stays open. */
  <T> T quietly(Function<ModelLibrary, T> question) {
    return working(
        () -> {
          try (ModelLibrary library = new ModelLibrary(host.registry())) {
            return question.apply(library);
          }
        });
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
