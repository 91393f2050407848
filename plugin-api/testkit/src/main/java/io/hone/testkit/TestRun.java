package io.hone.testkit;

import io.hone.api.model.Classifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelReference;
import io.hone.api.run.Part;
import io.hone.api.run.Progress;
import io.hone.api.run.Run;
import io.hone.api.run.RunCancelledException;
import io.hone.api.run.TrustFlag;
import io.hone.api.stability.Stability;
import io.hone.host.component.BoundAttack;
import io.hone.host.component.ComponentKind;
import io.hone.host.figure.FrameworkFigures;
import io.hone.scenario.binding.AttackUses;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A run in memory: it keeps what a component tells it and hands out the models it was given. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class TestRun implements Run {
  private final long seed;
  private final @Nullable Path folder;
  private final Map<ModelReference, Classifier> classifiers = new ConcurrentHashMap<>();
  private final Map<ModelReference, ImageTransformer> transformers = new ConcurrentHashMap<>();
  private final Map<ModelReference, ModelCard> cards = new ConcurrentHashMap<>();
  private final Map<String, Object> made = new HashMap<>();
  private final Set<String> inMaking = new HashSet<>();
  private final Map<String, TestPartRun> contexts = new ConcurrentHashMap<>();
  private final Map<Long, String> credits = new ConcurrentSkipListMap<>();
  private volatile List<Part> parts = List.of();
  private final Map<String, Map<Long, Double>> figures = new ConcurrentHashMap<>();
  private final Map<Long, Set<String>> flags = new ConcurrentSkipListMap<>();
  private final Map<Long, String> obstacles = new ConcurrentSkipListMap<>();
  private final Map<String, Double> counts = new ConcurrentHashMap<>();
  private final List<String> notices = new CopyOnWriteArrayList<>();
  private final Set<TrustFlag> trustFlags = new CopyOnWriteArraySet<>();
  private final AtomicLong looks = new AtomicLong();
  private volatile long freeLooks = Long.MAX_VALUE;
  private volatile boolean randomUsed;

  /** Creates a run without a folder. */
  public TestRun(long seed) {
    this.seed = seed;
    this.folder = null;
  }

  /**
   * Creates a run.
   *
   * @param folder its data and working folder; exists
   */
  public TestRun(long seed, Path folder) {
    this.seed = seed;
    this.folder = folder;
  }

  /** Makes a model available to components that ask for it by this reference. */
  public TestRun with(ModelReference reference, Classifier model) {
    classifiers.put(reference, model);
    return this;
  }

  /** Makes an image-to-image model available to components that ask for it by this reference. */
  public TestRun with(ModelReference reference, ImageTransformer model) {
    transformers.put(reference, model);
    return this;
  }

  /** Makes the card of a model available to components that ask for it by this reference. */
  public TestRun with(ModelReference reference, ModelCard card) {
    cards.put(reference, card);
    return this;
  }

  /** Does what a user's Ctrl-C does. */
  public void cancel() {
    cancelAfter(0);
  }

  /**
   * Does what a user's Ctrl-C does once the component has looked for it some times.
   *
   * @param number of looks, counted from the beginning of the run, that find nothing
   */
  public void cancelAfter(long number) {
    freeLooks = number;
  }

  /** Returns how often the component has looked whether the user cancels. */
  public long looks() {
    return looks.get();
  }

  /** Returns whether any random stream was asked for. */
  public boolean randomUsed() {
    return randomUsed;
  }

  /** Returns a recorded figure by sample; empty if there is none of this name. */
  public Map<Long, Double> figures(String name) {
    return Map.copyOf(figures.getOrDefault(name, Map.of()));
  }

  /** Returns what a sample was marked with. */
  public Set<String> flags(long sample) {
    return Set.copyOf(flags.getOrDefault(sample, Set.of()));
  }

  /** Returns the samples that were marked, in ascending order. */
  public List<Long> flaggedSamples() {
    return List.copyOf(flags.keySet());
  }

  @Override
  public Optional<String> givenUp(long sample) {
    return Optional.ofNullable(obstacles.get(sample));
  }

  /** Returns the samples that were given up, in ascending order. */
  public List<Long> givenUpSamples() {
    return List.copyOf(obstacles.keySet());
  }

  /** Returns the part of the component's work that made a sample's image; empty if none is told. */
  public Optional<String> credited(long sample) {
    return Optional.ofNullable(credits.get(sample));
  }

  /** Returns the parts that the component said its work has. */
  public List<Part> parts() {
    return parts;
  }

  /** Returns what the user was told. */
  public List<String> notices() {
    return List.copyOf(notices);
  }

  /** Returns why figures cannot be fully trusted, each reason once. */
  public List<TrustFlag> trustFlags() {
    return List.copyOf(trustFlags);
  }

  /** Returns what an operational meter holds. */
  public double counted(String meter) {
    return counts.getOrDefault(meter, 0.0);
  }

  @Override
  public RandomGenerator random(long sample) {
    randomUsed = true;
    return new SampleRandom(seed, sample);
  }

  RandomGenerator random(String part, long sample) {
    randomUsed = true;
    return new SampleRandom(seed, part.hashCode(), sample);
  }

  @Override
  public void parts(List<Part> all) {
    if (all.stream().map(Part::name).distinct().count() < all.size()) {
      throw new IllegalArgumentException("two parts have one name");
    }
    parts = List.copyOf(all);
  }

  @Override
  public Run within(String part) {
    return contexts.computeIfAbsent(part, key -> new TestPartRun(this, key));
  }

  @Override
  public void credit(long sample, String part) {
    credits.put(sample, part);
  }

  /** Makes a use of an attack ready that is on the class path of the test. */
  @Override
  public <U> U bound(U use) {
    return use instanceof BoundAttack
        ? use
        : new AttackUses(InstalledComponents.find(Set.of(ComponentKind.ATTACK))).bound(use);
  }

  @Override
  public void checkCancelled() {
    if (looks.incrementAndGet() > freeLooks) {
      throw new RunCancelledException();
    }
  }

  @Override
  public Progress progress(String task, long total) {
    return Progress.silent();
  }

  @Override
  public void distrust(TrustFlag flag) {
    trustFlags.add(flag);
    notice(flag.text());
  }

  @Override
  public void notice(String message) {
    notices.add(message);
  }

  @Override
  public void figure(long sample, String name, double value) {
    if (FrameworkFigures.isTaken(name)) {
      throw new IllegalArgumentException(
          "the figure `" + name + "` is one that Hone gives itself; record it by another name");
    }
    figures.computeIfAbsent(name, any -> new ConcurrentSkipListMap<>()).put(sample, value);
  }

  @Override
  public void flag(long sample, String reason) {
    flags.computeIfAbsent(sample, any -> new ConcurrentSkipListSet<>()).add(reason);
  }

  @Override
  public void giveUp(long sample, String reason) {
    obstacles.put(sample, reason);
  }

  @Override
  public void count(String meter, double amount) {
    counts.merge(meter, amount, Double::sum);
  }

  @Override
  @SuppressWarnings("unchecked") // the key decides the type, as Run says
  public <T> T once(String key, Supplier<T> make) {
    synchronized (made) {
      Object value = made.get(key);
      if (value == null) {
        if (!inMaking.add(key)) {
          throw new IllegalStateException(
              "Run.once(\"" + key + "\") is called while the value of that key is being made");
        }
        try {
          value = make.get();
        } finally {
          inMaking.remove(key);
        }
        if (value != null) {
          made.put(key, value);
        }
      }
      return (T) value;
    }
  }

  @Override
  public ModelCard card(ModelReference model) {
    return opened(cards.get(model), model);
  }

  @Override
  public Classifier openClassifier(ModelReference model) {
    return opened(classifiers.get(model), model);
  }

  @Override
  public ImageTransformer openImageTransformer(ModelReference model) {
    return opened(transformers.get(model), model);
  }

  @Override
  public Path dataFolder() {
    return existing(folder);
  }

  @Override
  public Path workFolder() {
    return existing(folder);
  }

  @Override
  public int threads() {
    return 1;
  }

  private static <M> M opened(@Nullable M model, ModelReference reference) {
    if (model == null) {
      throw new IllegalStateException("this test run was given no model as " + reference.path());
    }
    return model;
  }

  private static Path existing(@Nullable Path folder) {
    if (folder == null) {
      throw new IllegalStateException("this test run was given no folder");
    }
    return folder;
  }
}
