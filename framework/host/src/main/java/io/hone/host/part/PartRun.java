package io.hone.host.part;

import io.hone.api.model.Classifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelReference;
import io.hone.api.run.Part;
import io.hone.api.run.Progress;
import io.hone.api.run.Run;
import io.hone.api.run.TrustFlag;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The context of a part of a component's work. Random streams, values made once, files and reasons
 * are its own; everything else goes to the context of the whole.
 */
public abstract class PartRun implements Run {
  private final Run whole;
  private final String name;
  private final Map<Long, String> obstacles = new ConcurrentHashMap<>();

  /**
   * Creates a context.
   *
   * @param whole the context of the component
   * @param name of the part, behind those of the parts that it is a part of
   */
  protected PartRun(Run whole, String name) {
    this.whole = whole;
    this.name = name;
  }

  /** Returns the name of the part, behind those of the parts that it is a part of. */
  protected final String name() {
    return name;
  }

  /** Forgets why the part gave a sample up. */
  public final void forget(long sample) {
    obstacles.remove(sample);
  }

  @Override
  public void checkCancelled() {
    whole.checkCancelled();
  }

  @Override
  public Progress progress(String task, long total) {
    return whole.progress(task, total);
  }

  @Override
  public void notice(String message) {
    whole.notice(message);
  }

  @Override
  public void distrust(TrustFlag flag) {
    whole.distrust(flag);
  }

  @Override
  public void figure(long sample, String figure, double value) {
    whole.figure(sample, figure, value);
  }

  @Override
  public void flag(long sample, String reason) {
    whole.flag(sample, reason);
  }

  @Override
  public void giveUp(long sample, String reason) {
    obstacles.put(sample, reason);
  }

  @Override
  public Optional<String> givenUp(long sample) {
    return Optional.ofNullable(obstacles.get(sample));
  }

  /** Results tell of the parts of a step; the parts of a part are its own matter. */
  @Override
  public void parts(List<Part> parts) {}

  @Override
  public Run within(String part) {
    return whole.within(name + "/" + part);
  }

  /** The component of the step tells which of its parts made an image. */
  @Override
  public void credit(long sample, String part) {}

  @Override
  public <U> U bound(U use) {
    return whole.bound(use);
  }

  @Override
  public void count(String meter, double amount) {
    whole.count(meter, amount);
  }

  @Override
  public <T> T once(String key, Supplier<T> make) {
    return whole.once(name + "/" + key, make);
  }

  @Override
  public ModelCard card(ModelReference model) {
    return whole.card(model);
  }

  @Override
  public Classifier openClassifier(ModelReference model) {
    return whole.openClassifier(model);
  }

  @Override
  public ImageTransformer openImageTransformer(ModelReference model) {
    return whole.openImageTransformer(model);
  }

  @Override
  public Path dataFolder() {
    return whole.dataFolder();
  }

  @Override
  public int threads() {
    return whole.threads();
  }
}
