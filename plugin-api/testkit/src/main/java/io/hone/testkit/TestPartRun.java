package io.hone.testkit;

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
import java.util.random.RandomGenerator;

/** The context of a part of a component's work in a {@link TestRun}. */
final class TestPartRun implements Run {
  private final TestRun whole;
  private final String name;
  private final Map<Long, String> obstacles = new ConcurrentHashMap<>();

  TestPartRun(TestRun whole, String name) {
    this.whole = whole;
    this.name = name;
  }

  @Override
  public RandomGenerator random(long sample) {
    return whole.random(name, sample);
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

  @Override
  public void parts(List<Part> parts) {}

  @Override
  public Run within(String part) {
    return whole.within(name + "/" + part);
  }

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
  public Path workFolder() {
    return whole.workFolder();
  }

  @Override
  public int threads() {
    return whole.threads();
  }
}
