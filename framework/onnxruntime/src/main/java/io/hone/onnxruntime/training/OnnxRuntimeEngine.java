package io.hone.onnxruntime.training;

import io.hone.api.BadInputException;
import io.hone.api.run.Run;
import io.hone.api.train.RefusedChoiceException;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearningEngine;
import io.hone.learning.engine.LearningRequest;
import io.hone.learning.engine.Subject;
import io.hone.onnxruntime.session.DeviceChooser;
import io.hone.onnxruntime.session.DeviceRequest;

/**
 * Trains graphs of layers and model files in ONNX Runtime, with gradients that Hone writes into the
 * graph.
 */
public final class OnnxRuntimeEngine implements LearningEngine {
  /** The word that a scenario calls the engine by. */
  public static final String ID = "onnxruntime";

  private static final String DEVICE = "device";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public boolean followsScheduleByStep() {
    return true;
  }

  @Override
  public boolean attacksNetworks() {
    return true;
  }

  @Override
  public void check(LearningRequest request) {
    checkChoices(request);
    checkDevice(request);
    if (request.subject() instanceof Subject.File file) {
      LearningGraph.check(file, request.sizes());
    }
  }

  private static void checkChoices(LearningRequest request) {
    if (request.keep()) {
      throw new RefusedChoiceException(
          "with.keep-samediff",
          "the engine onnxruntime writes no SameDiff file; write engine: dl4j, or remove it");
    }
    if (request.shards().orElse(1) > request.batch()) {
      throw new RefusedChoiceException(
          "shards",
          "a batch of "
              + request.batch()
              + " examples cannot be cut into "
              + request.shards().getAsInt()
              + " parts; choose fewer shards");
    }
  }

  @Override
  public Learner open(LearningRequest request, Run run) {
    // A file is checked where its graph is made.
    checkChoices(request);
    checkDevice(request);
    return OnnxRuntimeLearner.open(request, DeviceChooser.choose(device(request), run), run);
  }

  private static void checkDevice(LearningRequest request) {
    DeviceRequest wanted = device(request);
    try {
      DeviceChooser.check(wanted);
    } catch (BadInputException unavailable) {
      throw new RefusedChoiceException(DEVICE, unavailable.getMessage(), unavailable);
    }
  }

  private static DeviceRequest device(LearningRequest request) {
    if (request.device().isEmpty()) {
      return DeviceRequest.CPU;
    }
    String word = request.device().get();
    return DeviceRequest.parse(word)
        .orElseThrow(
            () ->
                new RefusedChoiceException(
                    DEVICE,
                    "'%s' is no device; write cpu, cuda, cuda:1 for the second GPU, or auto"
                        .formatted(word)));
  }
}
