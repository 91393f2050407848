package io.hone.learning.engine;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several networks that are trained in turns. To a training it looks like the first of them; its
 * state is that of all, so one checkpoint holds them.
 *
 * @param first that the training is about
 * @param others by name
 */
public record LearnersInTurns(Learner first, Map<String, Learner> others) implements Learner {
  /** Behind the name of a network; no model file has this character in a name. */
  private static final String BEHIND = "\u0001";

  /** Another network's number of steps, in millions and below. */
  private static final String STEPS = "\u0002steps";

  private static final int MILLION = 1_000_000;

  /** Copies the map and keeps its order. */
  public LearnersInTurns {
    others = new LinkedHashMap<>(others);
  }

  @Override
  public LearnerState state() {
    LearnerState own = first.state();
    Map<String, float[]> arrays = new LinkedHashMap<>(own.arrays());
    others.forEach(
        (name, learner) -> {
          LearnerState state = learner.state();
          state.arrays().forEach((array, values) -> arrays.put(name + BEHIND + array, values));
          float[] steps = {state.steps() / MILLION, state.steps() % MILLION};
          arrays.put(name + STEPS, steps);
        });
    return new LearnerState(arrays, own.steps());
  }

  @Override
  public void restore(LearnerState state) {
    Map<String, float[]> rest = new LinkedHashMap<>(state.arrays());
    others.forEach(
        (name, learner) -> {
          float[] steps = rest.remove(name + STEPS);
          if (steps == null) {
            throw new IllegalArgumentException("the state holds nothing of '" + name + "'");
          }
          Map<String, float[]> arrays = new LinkedHashMap<>();
          String prefix = name + BEHIND;
          for (String array : List.copyOf(rest.keySet())) {
            if (array.startsWith(prefix)) {
              arrays.put(array.substring(prefix.length()), rest.remove(array));
            }
          }
          long made = (long) steps[0] * MILLION + (long) steps[1];
          learner.restore(new LearnerState(arrays, made));
        });
    first.restore(new LearnerState(rest, state.steps()));
  }

  @Override
  public void close() {
    others.values().forEach(Learner::close);
    first.close();
  }

  @Override
  public String device() {
    return first.device();
  }

  @Override
  public int shards() {
    return first.shards();
  }

  @Override
  public List<MaskPort> masks(ImageShape images) {
    return first.masks(images);
  }

  @Override
  public Map<String, Double> step(LearningBatch batch, double rate) {
    return first.step(batch, rate);
  }

  @Override
  public Tensor output(LearningBatch batch) {
    return first.output(batch);
  }

  @Override
  public Tensor infer(Tensor images) {
    return first.infer(images);
  }

  @Override
  public Measured measure(LearningBatch batch) {
    return first.measure(batch);
  }

  @Override
  public DifferentiableClassifier classifier() {
    return first.classifier();
  }

  @Override
  public Map<String, float[]> weights() {
    return first.weights();
  }

  @Override
  public void load(Map<String, float[]> weights) {
    first.load(weights);
  }

  @Override
  public byte[] model(String name) {
    return first.model(name);
  }

  @Override
  public void keep(Path folder) {
    first.keep(folder);
  }

  @Override
  public List<String> describe() {
    return first.describe();
  }
}
