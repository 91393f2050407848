package io.hone.engine.context;

import io.hone.api.model.Classifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelReference;
import io.hone.api.run.Part;
import io.hone.api.run.Progress;
import io.hone.api.run.Run;
import io.hone.api.run.TrustFlag;
import io.hone.engine.context.RunServices.StepRun;
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

/**
 * The context of a part of a component's work. Random streams, values made once, files and reasons
 * are its own; everything else goes to the step.
 */
final class PartRun implements Run {
  private final StepRun step;
  private final String name;
  private final Map<Long, String> obstacles = new ConcurrentHashMap<>();

  /**
   * Creates a context.
   *
   * @param name of the part, behind those of the parts that it is a part of
   */
  PartRun(StepRun step, String name) {
    this.step = step;
    this.name = name;
  }

  void forget(long sample) {
    obstacles.remove(sample);
  }

  @Override
  public RandomGenerator random(long sample) {
    return step.random(name, sample);
  }

  @Override
  public void checkCancelled() {
    step.checkCancelled();
  }

  @Override
  public Progress progress(String task, long total) {
    return step.progress(task, total);
  }

  @Override
  public void notice(String message) {
    step.notice(message);
  }

  @Override
  public void distrust(TrustFlag flag) {
    step.distrust(flag);
  }

  @Override
  public void figure(long sample, String figure, double value) {
    step.figure(sample, figure, value);
  }

  @Override
  public void flag(long sample, String reason) {
    step.flag(sample, reason);
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
    return step.part(name + "/" + part);
  }

  /** The component of the step tells which of its parts made an image. */
  @Override
  public void credit(long sample, String part) {}

  @Override
  public <U> U bound(U use) {
    return step.bound(use);
  }

  @Override
  public void count(String meter, double amount) {
    step.count(meter, amount);
  }

  @Override
  public <T> T once(String key, Supplier<T> make) {
    return step.once(name + "/" + key, make);
  }

  @Override
  public ModelCard card(ModelReference model) {
    return step.card(model);
  }

  @Override
  public Classifier openClassifier(ModelReference model) {
    return step.openClassifier(model);
  }

  @Override
  public ImageTransformer openImageTransformer(ModelReference model) {
    return step.openImageTransformer(model);
  }

  @Override
  public Path dataFolder() {
    return step.dataFolder();
  }

  @Override
  public Path workFolder() {
    try {
      return Files.createDirectories(step.workFolder().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int threads() {
    return step.threads();
  }
}
