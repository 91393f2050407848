package io.hone.dl4j.training;

import io.hone.api.run.Run;
import io.hone.api.train.RefusedChoiceException;
import io.hone.dl4j.samediff.Nd4jStart;
import io.hone.dl4j.samediff.SupportedLayers;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearningEngine;
import io.hone.learning.engine.LearningRequest;
import io.hone.learning.engine.Objective;
import io.hone.learning.engine.Subject;
import io.hone.onnx.training.update.Adam;

/**
 * Trains chains of layers in Deeplearning4j's SameDiff, with one thread and with Adam, whose weight
 * decay is decoupled.
 */
public final class SameDiffEngine implements LearningEngine {
  /** The word that a scenario calls the engine by. */
  public static final String ID = "dl4j";

  /** Where it computes. */
  static final String CPU = "cpu";

  private static final String INSTEAD = "; remove it, or write engine: onnxruntime";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public boolean followsScheduleByStep() {
    return false;
  }

  @Override
  public boolean attacksNetworks() {
    return false;
  }

  @Override
  public void check(LearningRequest request) {
    if (!(request.subject() instanceof Subject.Layers layers)) {
      throw new RefusedChoiceException(
          "model", "the engine dl4j trains new networks alone, and no model file" + INSTEAD);
    }
    if (!request.device().orElse(CPU).equals(CPU)) {
      throw new RefusedChoiceException(
          "device", "the engine dl4j computes on the processor alone" + INSTEAD);
    }
    if (request.sizes().isPresent()) {
      throw new RefusedChoiceException(
          "with.sizes", "the engine dl4j trains on images of one size" + INSTEAD);
    }
    if (request.shards().orElse(1) != 1) {
      throw new RefusedChoiceException(
          "shards", "the engine dl4j computes a batch as a whole" + INSTEAD);
    }
    if (!(request.rules().optimizer() instanceof Adam adam)
        || (!adam.decoupled() && request.rules().decay() > 0)) {
      throw new RefusedChoiceException(
          "with.optimizer",
          "the engine dl4j has Adam with decoupled weight decay alone, which"
              + " is called adamw"
              + INSTEAD);
    }
    if (request.rules().largestNorm() < Float.POSITIVE_INFINITY) {
      throw new RefusedChoiceException("with.clip", "the engine dl4j clips no gradients" + INSTEAD);
    }
    if (request.objective() instanceof Objective.CrossEntropy entropy && entropy.smoothing() > 0) {
      throw new RefusedChoiceException(
          "with.smoothing", "the engine dl4j smooths no labels" + INSTEAD);
    }
    try {
      SupportedLayers.require(layers.network());
    } catch (IllegalArgumentException e) {
      throw new RefusedChoiceException(
          "with.architecture",
          e.getMessage() + "; choose another architecture, or write engine: onnxruntime",
          e);
    }
  }

  @Override
  public Learner open(LearningRequest request, Run run) {
    check(request);
    Nd4jStart.load();
    return new SameDiffLearner((Subject.Layers) request.subject(), request);
  }
}
