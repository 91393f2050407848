package io.hone.onnx.runtime;

import io.hone.api.component.BadInputException;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import io.hone.api.run.Run;
import io.hone.api.tensor.Tensor;
import io.hone.onnx.graph.OnnxFormatException;
import java.util.Map;

/**
 * A classifier as its file has it: run without anything that Hone does to a graph before it
 * differentiates it, so that a gradient can be compared with what the model really computes. What
 * the card says of the input is done in front of it.
 */
public final class WrittenModel implements AutoCloseable {
  private final PreparedModel model;
  private final int classes;
  private final ModelSession session;

  private WrittenModel(PreparedModel model, int classes, ModelSession session) {
    this.model = model;
    this.classes = classes;
    this.session = session;
  }

  /**
   * Opens a classifier on the processor.
   *
   * @throws BadInputException if the file does not fit its card, or cannot be loaded
   */
  public static WrittenModel open(ModelCard card, Run run) {
    OnnxFile file = OnnxFile.read(card.file());
    try {
      PreparedModel model =
          PreparedModel.of(file, card, CardCheck.check(card, file, Task.CLASSIFIER));
      return new WrittenModel(
          model,
          card.output().classes(),
          new ModelSession(
              card,
              model.graph(),
              model.images(),
              model.fixedBatch(),
              Placement.of(OnnxRuntimeBackend.Params.CPU, run)));
    } catch (OnnxFormatException broken) {
      throw new BadInputException(broken.getMessage(), broken);
    }
  }

  /**
   * Returns the logits {@code [N, K]} of images {@code [N, C, H, W]} in [0, 1]. May be called from
   * several threads.
   *
   * @throws BadInputException if the model fails on images of this shape
   */
  public Tensor logits(Tensor images) {
    Tensor logits = Tensor.zeros(images.rows(), classes);
    session.run(
        images.imageShape(),
        images.rows(),
        Feed.of(Map.of(model.images(), images)),
        Map.of(model.result(), logits));
    return logits;
  }

  @Override
  public void close() {
    session.close();
  }
}
