package io.hone.onnxruntime;

import io.hone.api.BadInputException;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import io.hone.api.train.RefusedChoiceException;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.scores.RandomNodes;
import io.hone.onnxruntime.card.CardCheck;
import io.hone.onnxruntime.card.OnnxFile;
import java.nio.file.Path;
import java.util.List;

/**
 * A classifier's file whose weights may be trained.
 *
 * @param model as the exporter wrote it
 * @param scores the output that holds the scores
 */
public record TrainableFile(OnnxModel model, String scores) {
  /**
   * Reads a file without loading it into ONNX Runtime.
   *
   * @throws BadInputException if the file cannot be read, does not fit its card, takes batches of
   *     one size alone, or draws random numbers
   */
  public static TrainableFile read(ModelCard card) {
    OnnxModel model = read(card.file());
    refuseFixedBatch(card, model);
    OnnxFile file = OnnxFile.read(card.file());
    String scores = scores(card, file);
    refuseRandomNumbers(card, file, scores);
    return new TrainableFile(model, scores);
  }

  private static OnnxModel read(Path file) {
    try {
      return OnnxModel.read(file);
    } catch (OnnxFormatException failure) {
      throw new BadInputException(
          file + ": the model file cannot be read: " + failure.getMessage(), failure);
    }
  }

  private static void refuseFixedBatch(ModelCard card, OnnxModel model) {
    model.inputs().get(0).shape().stream()
        .filter(shape -> shape.rank() > 0 && shape.axis(0).isFixed())
        .findFirst()
        .ifPresent(
            shape -> {
              throw new RefusedChoiceException(
                  "model",
                  "%s takes batches of %d alone; export it with a first axis of any size"
                      .formatted(card.file(), shape.axis(0).size()));
            });
  }

  private static String scores(ModelCard card, OnnxFile file) {
    try {
      return CardCheck.check(card, file, Task.CLASSIFIER).scores().name();
    } catch (OnnxFormatException broken) {
      throw new BadInputException(broken.getMessage(), broken);
    }
  }

  private static void refuseRandomNumbers(ModelCard card, OnnxFile file, String scores) {
    List<String> random = RandomNodes.of(file.model(), scores);
    if (!random.isEmpty()) {
      throw new RefusedChoiceException(
          "model",
          "%s draws random numbers (%s); export it for inference, a Dropout is trained by its ratio nevertheless"
              .formatted(card.file(), random.get(0)));
    }
  }
}
