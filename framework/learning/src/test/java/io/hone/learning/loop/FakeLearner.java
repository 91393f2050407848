package io.hone.learning.loop;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.learning.engine.DivergenceException;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearnerState;
import io.hone.learning.engine.LearningBatch;
import io.hone.learning.engine.MaskPort;
import io.hone.learning.engine.Targets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One weight that follows the mean pixel under its mask, with momentum. Every number that a loop
 * hands over changes the weight, so a wrong one shows in all that follows.
 */
final class FakeLearner implements Learner {
  private static final String WEIGHT = "weight";
  private static final String SPEED = "speed";
  private static final String MASK = "drop.mask";

  private final List<Step> steps = new ArrayList<>();
  private final List<Float> shown = new ArrayList<>();
  private long made;
  private float weight;
  private float speed;
  private long diverging = Long.MAX_VALUE;

  /** What a loop asked for in a step. */
  record Step(List<Float> images, List<Integer> classes, List<Float> masks, double rate) {
    /** Returns the number that the test's examples have as their first pixel. */
    List<Integer> examples() {
      List<Integer> examples = new ArrayList<>();
      for (int row = 0; row < classes.size(); row++) {
        examples.add(Math.round(images.get(row * images.size() / classes.size()) * 100));
      }
      return examples;
    }
  }

  /** Lets one step find a loss that is no number. */
  FakeLearner divergingAt(long step) {
    diverging = step;
    return this;
  }

  /** Returns the steps in the order in which they were asked for. */
  List<Step> steps() {
    return steps;
  }

  /** Returns the weight at each time that it was asked for. */
  List<Float> shown() {
    return shown;
  }

  @Override
  public String device() {
    return "cpu";
  }

  @Override
  public int shards() {
    return 1;
  }

  @Override
  public List<MaskPort> masks(ImageShape images) {
    return List.of(new MaskPort(MASK, 0.5, List.of(2)));
  }

  @Override
  public Map<String, Double> step(LearningBatch batch, double rate) {
    if (made == diverging) {
      throw new DivergenceException("the loss part 'distance' is NaN");
    }
    List<Float> images = values(batch.images());
    List<Float> masks = values(batch.masks().get(MASK));
    int[] classes = ((Targets.Classes) batch.targets()).classes();
    steps.add(new Step(images, Arrays.stream(classes).boxed().toList(), masks, rate));
    double loss = loss(batch);
    speed = (float) (0.5 * speed + mean(images) * (1 + mean(masks)) + 0.1 * classes[0]);
    weight += (float) (rate * speed);
    made++;
    return Map.of("loss", loss);
  }

  private static List<Float> values(Tensor tensor) {
    List<Float> values = new ArrayList<>();
    for (int row = 0; row < tensor.rows(); row++) {
      for (float value : tensor.row(row)) {
        values.add(value);
      }
    }
    return values;
  }

  private static double mean(List<Float> values) {
    return values.stream().mapToDouble(Float::doubleValue).average().orElseThrow();
  }

  private double loss(LearningBatch batch) {
    return Math.abs(1 - weight) + mean(values(batch.images()));
  }

  @Override
  public Tensor output(LearningBatch batch) {
    return infer(batch.images());
  }

  @Override
  public Tensor infer(Tensor images) {
    Tensor logits = Tensor.zeros(images.rows(), 2);
    for (int row = 0; row < images.rows(); row++) {
      logits.set(row, 0, weight);
      logits.set(row, 1, images.get(row, 0));
    }
    return logits;
  }

  @Override
  public Measured measure(LearningBatch batch) {
    return new Measured(infer(batch.images()), loss(batch));
  }

  @Override
  public DifferentiableClassifier classifier() {
    throw new UnsupportedOperationException("no loop attacks what it trains");
  }

  @Override
  public LearnerState state() {
    return new LearnerState(Map.of(WEIGHT, new float[] {weight}, SPEED, new float[] {speed}), made);
  }

  @Override
  public void restore(LearnerState state) {
    weight = state.arrays().get(WEIGHT)[0];
    speed = state.arrays().get(SPEED)[0];
    made = state.steps();
  }

  @Override
  public Map<String, float[]> weights() {
    shown.add(weight);
    return Map.of(WEIGHT, new float[] {weight});
  }

  @Override
  public void load(Map<String, float[]> weights) {
    weight = weights.get(WEIGHT)[0];
  }

  @Override
  public byte[] model(String name) {
    return ByteBuffer.allocate(Float.BYTES).putFloat(weight).array();
  }

  @Override
  public void keep(Path folder) {
    try {
      Files.write(folder.resolve("fake.bin"), model("kept"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> describe() {
    return List.of("One weight");
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
