package io.hone.learning.trainer;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearnerState;
import io.hone.learning.engine.LearningBatch;
import io.hone.learning.engine.MaskPort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Returns the features of an image as its logits, and remembers its steps. */
final class LogitsLearner implements Learner, DifferentiableClassifier {
  private final int classes;
  private final List<LearningBatch> steps = new ArrayList<>();

  LogitsLearner(int classes) {
    this.classes = classes;
  }

  /** Returns the batches of all steps. */
  List<LearningBatch> steps() {
    return steps;
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
    return List.of();
  }

  @Override
  public Map<String, Double> step(LearningBatch batch, double rate) {
    steps.add(batch);
    return Map.of("loss", 1.0);
  }

  @Override
  public Tensor output(LearningBatch batch) {
    return infer(batch.images());
  }

  @Override
  public Tensor infer(Tensor images) {
    Tensor logits = Tensor.zeros(images.rows(), classes);
    for (int row = 0; row < images.rows(); row++) {
      logits.setRow(row, images.row(row));
    }
    return logits;
  }

  @Override
  public DifferentiableClassifier classifier() {
    return this;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public boolean accepts(ImageShape shape) {
    return shape.features() == classes;
  }

  @Override
  public Tensor logits(ImageBatch images) {
    return infer(images.pixels());
  }

  @Override
  public Tensor vjp(ImageBatch images, Tensor cotangent) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Measured measure(LearningBatch batch) {
    throw new UnsupportedOperationException();
  }

  @Override
  public LearnerState state() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void restore(LearnerState state) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, float[]> weights() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void load(Map<String, float[]> weights) {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] model(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void keep(Path folder) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<String> describe() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
