package io.hone.onnxruntime;

import io.hone.api.BadInputException;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import io.hone.api.run.Run;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnxruntime.card.CardCheck;
import io.hone.onnxruntime.card.OnnxFile;
import java.nio.file.Path;

/**
 * A classifier's file, and what Hone trains in its place.
 *
 * @param file as the exporter wrote it
 * @param scores the output of the file that holds the scores
 * @param graph from images {@code [N, C, H, W]} in [0, 1] to logits {@code [N, K]}; its weights
 *     have the names of the file
 * @param images the input of the graph
 * @param logits the output of the graph
 */
public record TrainableModel(
    OnnxModel file, String scores, OnnxModel graph, String images, String logits) {
  /**
   * Opens a classifier, and finds the form in which it gives logits.
   *
   * @throws BadInputException if the file does not fit its card, cannot be loaded, or takes batches
   *     of one size alone
   */
  public static TrainableModel open(ModelCard card, Run run) {
    Placement placement = Placement.of(OnnxRuntimeBackend.Params.CPU, run);
    ClassifierOpening.Opened opened =
        ClassifierOpening.open(card, ClassifierOpening.NO_SAMPLES, placement, run);
    opened.forward().close();
    PreparedModel model = opened.model();
    if (model.fixedBatch().isPresent()) {
      throw new BadInputException(
          "train.model: %s takes batches of %d images alone, or its images influence each other;"
                  .formatted(card.file(), model.fixedBatch().getAsInt())
              + " export it for inference, with a batch of any size");
    }
    return new TrainableModel(
        read(card.file()), scores(card), model.graph(), model.images(), model.result());
  }

  /**
   * Returns the output of a file that holds the scores of a classifier.
   *
   * @throws BadInputException if the file does not fit its card
   */
  public static String scores(ModelCard card) {
    try {
      return CardCheck.check(card, OnnxFile.read(card.file()), Task.CLASSIFIER).scores().name();
    } catch (OnnxFormatException broken) {
      throw new BadInputException(broken.getMessage(), broken);
    }
  }

  /**
   * Reads a file as it is.
   *
   * @throws BadInputException if it cannot be read
   */
  public static OnnxModel read(Path file) {
    try {
      return OnnxModel.read(file);
    } catch (OnnxFormatException failure) {
      throw new BadInputException(
          file + ": the model file cannot be read: " + failure.getMessage(), failure);
    }
  }
}
