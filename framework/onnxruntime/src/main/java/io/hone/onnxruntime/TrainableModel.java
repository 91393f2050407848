package io.hone.onnxruntime;

import io.hone.api.BadInputException;
import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;
import io.hone.api.train.RefusedChoiceException;
import io.hone.onnx.graph.OnnxModel;

/**
 * A classifier's file, and what Hone trains in its place.
 *
 * @param file that receives the trained weights
 * @param graph from images {@code [N, C, H, W]} in [0, 1] to logits {@code [N, K]}; its weights
 *     have the names of the file
 * @param images the input of the graph
 * @param logits the output of the graph
 */
public record TrainableModel(TrainableFile file, OnnxModel graph, String images, String logits) {
  /**
   * Opens a classifier, and finds the form in which it gives logits.
   *
   * @throws BadInputException if the file does not fit its card, cannot be loaded, or takes batches
   *     of one size alone
   */
  public static TrainableModel open(ModelCard card, Run run) {
    TrainableFile file = TrainableFile.read(card);
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
    return new TrainableModel(file, model.graph(), model.images(), model.result());
  }
}
