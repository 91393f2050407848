package io.hone.engine.context;

import io.hone.api.model.Classifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelReference;
import io.hone.api.run.Part;
import io.hone.api.run.Progress;
import io.hone.api.run.Run;
import io.hone.api.run.TrustFlag;
import io.hone.engine.model.ModelLibrary;
import io.hone.scenario.binding.AttackUses;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What all components of one run share; closing it closes what they opened once. */
public final class RunServices implements AutoCloseable {
  private final long seed;
  private final int threads;
  private final Path dataFolder;
  private final Path workFolder;
  private final ModelLibrary models;
  private final RunListener listener;
  private final Cancellation cancellation;
  private final MeterRegistry meters;
  private final Map<String, StepCache> caches = new ConcurrentHashMap<>();
  private final RunNotices notices = new RunNotices();

  /**
   * Creates the services of one run.
   *
   * @param workFolder below which each step gets a folder of its own when it asks for one
   */
  public RunServices(
      long seed,
      int threads,
      Path dataFolder,
      Path workFolder,
      ModelLibrary models,
      RunListener listener,
      Cancellation cancellation,
      MeterRegistry meters) {
    this.seed = seed;
    this.threads = threads;
    this.dataFolder = dataFolder;
    this.workFolder = workFolder;
    this.models = models;
    this.listener = listener;
    this.cancellation = cancellation;
    this.meters = meters;
  }

  /** Returns how many threads the user grants. */
  public int threads() {
    return threads;
  }

  /** Returns the folder that holds data sets. */
  public Path dataFolder() {
    return dataFolder;
  }

  /** Returns the models of this run. */
  public ModelLibrary models() {
    return models;
  }

  /** Returns what stops this run. */
  public Cancellation cancellation() {
    return cancellation;
  }

  /** Returns what shows this run. */
  public RunListener listener() {
    return listener;
  }

  /** Returns what the user was told so far, each once. */
  public List<String> notices() {
    return notices.notices();
  }

  /** Returns why the figures of this run cannot be fully trusted, each reason once. */
  public List<TrustFlag> trustFlags() {
    return notices.flags();
  }

  /** Returns why the figures of one entry cannot be fully trusted, beside those of the run. */
  public List<TrustFlag> trustFlags(String entry) {
    return notices.flags(entry);
  }

  /** Returns what the user is told of this run. */
  public RunNotices runNotices() {
    return notices;
  }

  /** Returns the context of one step, which keeps what the step notes of its samples. */
  public StepRun forStep(String id, String name) {
    return new StepRun(id, name, Optional.empty());
  }

  /**
   * Returns the context of a part that not all entries use, such as another model: its flags of
   * trust speak against the entries that use it. A part is opened once, so only its first user
   * hears what is told then.
   */
  public Run forPart(String part, String id, String name) {
    notices.uses(name, part);
    return new StepRun(id, name, Optional.of(part));
  }

  /** Returns a context for work that is not a step, such as opening the model. */
  public Run forTask(String task) {
    return new StepRun(task, task, Optional.empty());
  }

  /** Closes whatever components made once and can be closed; the models stay open. */
  @Override
  public void close() {
    caches.values().forEach(StepCache::close);
    caches.clear();
  }

  private void tell(String message) {
    if (notices.add(message)) {
      listener.notice(message);
    }
  }

  /** The context of one step. */
  public final class StepRun implements Run {
    private final String id;
    private final String name;
    private final Optional<String> part;
    private final Map<Long, SampleNotes> notes = new ConcurrentHashMap<>();
    private final Map<String, StepPart> contexts = new ConcurrentHashMap<>();
    private volatile List<Part> parts = List.of();

    private StepRun(String id, String name, Optional<String> part) {
      this.id = id;
      this.name = name;
      this.part = part;
    }

    /** Returns and forgets what was noted of a sample. */
    public SampleNotes take(long sample) {
      SampleNotes taken = notes.remove(sample);
      contexts.values().forEach(context -> context.forget(sample));
      return taken == null ? new SampleNotes() : taken;
    }

    /** Returns the parts that the step's work has, in order. */
    public List<Part> parts() {
      return parts;
    }

    /** Returns the context of a part, by its name behind those of the parts that it belongs to. */
    StepPart part(String part) {
      return contexts.computeIfAbsent(part, key -> new StepPart(this, key));
    }

    RandomGenerator random(String part, long sample) {
      // No id of a step has a slash.
      return new KeyedRandom(seed, id + "/" + part, sample);
    }

    private SampleNotes notes(long sample) {
      return notes.computeIfAbsent(sample, key -> new SampleNotes());
    }

    @Override
    public RandomGenerator random(long sample) {
      return new KeyedRandom(seed, id, sample);
    }

    @Override
    public void checkCancelled() {
      cancellation.check();
    }

    @Override
    public Progress progress(String task, long total) {
      return listener.progress(task, total);
    }

    @Override
    public void notice(String message) {
      tell(message);
    }

    @Override
    public void distrust(TrustFlag flag) {
      if (part.isPresent()) {
        notices.add(part.get(), flag);
      } else {
        notices.add(flag);
      }
      tell(flag.text());
    }

    @Override
    public void figure(long sample, String figure, double value) {
      notes(sample).figure(figure, value);
    }

    @Override
    public void flag(long sample, String reason) {
      notes(sample).flag(reason);
    }

    @Override
    public void giveUp(long sample, String reason) {
      notes(sample).giveUp(reason);
    }

    @Override
    public Optional<String> givenUp(long sample) {
      return Optional.ofNullable(notes.get(sample)).flatMap(SampleNotes::obstacle);
    }

    @Override
    public void parts(List<Part> all) {
      if (all.stream().map(Part::name).distinct().count() < all.size()) {
        throw new IllegalArgumentException("two parts of " + name + " have one name");
      }
      parts = List.copyOf(all);
    }

    @Override
    public Run within(String part) {
      return part(part);
    }

    @Override
    public void credit(long sample, String part) {
      notes(sample).credit(part);
    }

    @Override
    public <U> U bound(U use) {
      return new AttackUses(models.registry()).bound(use);
    }

    @Override
    public void count(String meter, double amount) {
      Counter.builder("hone." + meter)
          .description("What components count as " + meter.replace('.', ' ') + ".")
          .tag("step", id)
          .register(meters)
          .increment(amount);
    }

    @Override
    @SuppressWarnings("unchecked") // a key belongs to one step, whose component knows its type
    public <T> T once(String key, Supplier<T> make) {
      return (T) caches.computeIfAbsent(name, step -> new StepCache()).once(key, make);
    }

    @Override
    public ModelCard card(ModelReference model) {
      return models.card(model);
    }

    @Override
    public Classifier openClassifier(ModelReference model) {
      return models.openClassifier(model, Optional.empty(), this);
    }

    @Override
    public ImageTransformer openImageTransformer(ModelReference model) {
      return models.openImageTransformer(model, this);
    }

    @Override
    public Path dataFolder() {
      return dataFolder;
    }

    @Override
    public Path workFolder() {
      Path folder = workFolder.resolve(id);
      try {
        return Files.createDirectories(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public int threads() {
      return threads;
    }
  }
}
