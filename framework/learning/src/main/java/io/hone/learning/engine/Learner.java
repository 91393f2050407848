package io.hone.learning.engine;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A network that learns, one batch after the other. Used by one thread. */
public interface Learner extends AutoCloseable {
  /** The input of a new network's file, {@code [N, C, H, W]} in [0, 1]. */
  String IMAGE = "image";

  /** The output of a new classifier's file, {@code [N, K]}. */
  String LOGITS = "logits";

  /** The output of another new network's file, {@code [N, C, H, W]}. */
  String IMAGE_OUT = "image_out";

  /** Returns where steps are computed, such as {@code cpu}. */
  String device();

  /** Returns how many parts a batch is cut into, at least 1; weights depend on it. */
  int shards();

  /**
   * Returns where the network takes masks in a step; a batch brings all of them.
   *
   * @param images the shape of the step's images
   */
  List<MaskPort> masks(ImageShape images);

  /**
   * Makes one step.
   *
   * @param rate the learning rate
   * @return the parts of the loss before the step by name, each a mean over the examples
   * @throws DivergenceException if a part is no finite number; the network stays as it was
   */
  Map<String, Double> step(LearningBatch batch, double rate);

  /**
   * Returns what the network makes of a batch in the form of training, with masks and with
   * statistics of the batch: what the next {@link #step} on the same batch starts from.
   */
  Tensor output(LearningBatch batch);

  /**
   * Returns what the network makes of images in the form of inference.
   *
   * @return logits {@code [N, K]}, or images
   */
  Tensor infer(Tensor images);

  /** Returns outputs and loss of a batch in the form of inference. */
  Measured measure(LearningBatch batch);

  /**
   * Returns a classifier in the form of inference that follows the weights from step to step.
   *
   * @throws io.hone.api.BadInputException if the engine has none, or the network does not classify
   */
  DifferentiableClassifier classifier();

  /** Returns a copy of everything that the next step depends on. */
  LearnerState state();

  /**
   * Goes on from a state.
   *
   * @throws IllegalArgumentException if the state is another network's
   */
  void restore(LearnerState state);

  /** Returns a copy of what is learned and measured, by names of the engine's own. */
  Map<String, float[]> weights();

  /** Puts other weights in place, as {@link #weights} gave them. */
  void load(Map<String, float[]> weights);

  /**
   * Returns the network as an ONNX file.
   *
   * @param name of the graph, where the engine writes a new one
   */
  byte[] model(String name);

  /**
   * Writes the network in the engine's own format, for a backend that runs it.
   *
   * @param folder that receives files
   */
  void keep(Path folder);

  /** Returns the network in words, one line for each layer or weight. */
  List<String> describe();

  @Override
  void close();

  /**
   * What a batch led to.
   *
   * @param output one row for each example
   * @param loss a mean over the batch
   */
  record Measured(Tensor output, double loss) {}
}
