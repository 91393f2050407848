package io.hone.onnx.runtime;

import io.hone.api.model.Classifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelReference;
import io.hone.api.run.Progress;
import io.hone.api.run.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The part of a run that a backend uses: keeps notices and what is made once. */
final class RecordingRun implements Run {
  final List<String> notices = new ArrayList<>();
  private final Map<String, Object> made = new HashMap<>();

  @Override
  public synchronized void notice(String message) {
    notices.add(message);
  }

  @Override
  @SuppressWarnings("unchecked")
  public synchronized <T> T once(String key, Supplier<T> make) {
    if (!made.containsKey(key)) {
      made.put(key, make.get());
    }
    return (T) made.get(key);
  }

  @Override
  public RandomGenerator random(long sample) {
    return new SplittableRandom(sample);
  }

  @Override
  public void checkCancelled() {}

  @Override
  public Progress progress(String task, long total) {
    throw unused();
  }

  @Override
  public void figure(long sample, String name, double value) {
    throw unused();
  }

  @Override
  public void flag(long sample, String reason) {
    throw unused();
  }

  @Override
  public void count(String meter, double amount) {
    throw unused();
  }

  @Override
  public Classifier openClassifier(ModelReference model) {
    throw unused();
  }

  @Override
  public ImageTransformer openImageTransformer(ModelReference model) {
    throw unused();
  }

  @Override
  public Path dataFolder() {
    throw unused();
  }

  @Override
  public Path workFolder() {
    throw unused();
  }

  @Override
  public int threads() {
    return 2;
  }

  private static AssertionError unused() {
    return new AssertionError("a backend needs no such thing");
  }
}
