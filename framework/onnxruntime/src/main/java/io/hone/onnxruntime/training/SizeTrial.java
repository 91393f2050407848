package io.hone.onnxruntime.training;

import ai.onnxruntime.OrtException;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.train.RefusedChoiceException;
import io.hone.learning.engine.SizeRange;
import io.hone.learning.engine.Subject;
import io.hone.onnx.simplify.Simplifier;
import io.hone.onnxruntime.session.ExecutionTarget;
import io.hone.onnxruntime.session.InferenceSession;
import java.util.Arrays;
import java.util.Objects;

/** Tries a model file on one black image of every size that its training draws from. */
final class SizeTrial {
  private static final String KEY = "with.sizes";

  private final Subject.File file;
  private final LearningGraph graph;

  SizeTrial(Subject.File file, LearningGraph graph) {
    this.file = file;
    this.graph = graph;
  }

  /**
   * Tries all sizes.
   *
   * @throws RefusedChoiceException naming the first size that the model does not take
   */
  void run(SizeRange sizes) {
    byte[] model = Simplifier.forInference(graph.model()).toBytes();
    try (InferenceSession session = new InferenceSession(model, new ExecutionTarget.Cpu(), false)) {
      sizes.sizes().forEach(size -> run(session, size));
    } catch (OrtException e) {
      throw new RefusedChoiceException(KEY, problem("images of any size", e.getMessage()), e);
    }
  }

  private void run(InferenceSession session, int size) {
    ImageShape shape = SizeRange.square(file.input().channels(), size);
    long[] expected = {1, file.model().card().output().classes()};
    try {
      long[] found =
          Objects.requireNonNull(
              session.outputShapes(graph.image(), Tensor.images(1, shape)).get(graph.output()));
      if (!Arrays.equals(found, expected)) {
        String returned = "it returns numbers of shape " + Arrays.toString(found);
        throw new RefusedChoiceException(KEY, problem("images of " + shape, returned));
      }
    } catch (OrtException e) {
      throw new RefusedChoiceException(KEY, problem("images of " + shape, e.getMessage()), e);
    }
  }

  private String problem(String images, String reason) {
    return "%s does not take %s: %s; name a model that pools all pixels before its dense layers, or another range"
        .formatted(file.model().card().file(), images, reason);
  }
}
