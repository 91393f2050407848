package io.hone.onnxruntime;

import io.hone.api.BadInputException;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import io.hone.api.run.Run;
import io.hone.api.train.RefusedChoiceException;
import io.hone.onnx.canonical.CanonicalForm;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.scores.RandomNodes;
import io.hone.onnxruntime.card.CardCheck;
import io.hone.onnxruntime.card.OnnxFile;
import java.nio.file.Path;
import java.util.List;

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
    OnnxModel file = read(card.file());
    checkTrainable(card, file);
    Placement placement = Placement.of(OnnxRuntimeBackend.Params.CPU, run);
    ClassifierOpening.Opened opened =
        ClassifierOpening.open(card, ClassifierOpening.NO_SAMPLES, placement, run);
    opened.forward().close();
    PreparedModel model = opened.model();
    if (model.fixedBatch().isPresent()) {
      throw new RefusedChoiceException(
          "model",
          "the images of a batch influence each other in %s; export it for inference"
              .formatted(card.file()));
    }
    return new TrainableModel(file, scores(card), model.graph(), model.images(), model.result());
  }

  /**
   * Refuses a file that takes batches of one size alone, or draws random numbers.
   *
   * @throws BadInputException naming what is in the way, and the next step
   */
  public static void checkTrainable(ModelCard card, OnnxModel file) {
    file.inputs().get(0).shape().stream()
        .filter(shape -> shape.rank() > 0 && shape.axis(0).isFixed())
        .findFirst()
        .ifPresent(
            shape -> {
              throw new RefusedChoiceException(
                  "model",
                  "%s takes batches of %d alone; export it with a first axis of any size"
                      .formatted(card.file(), shape.axis(0).size()));
            });
    List<String> random = RandomNodes.of(CanonicalForm.of(file).model(), scores(card));
    if (!random.isEmpty()) {
      throw new RefusedChoiceException(
          "model",
          "%s draws random numbers (%s); export it for inference, a Dropout is trained by its ratio nevertheless"
              .formatted(card.file(), random.get(0)));
    }
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
