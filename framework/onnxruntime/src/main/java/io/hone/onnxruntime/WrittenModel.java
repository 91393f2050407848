package io.hone.onnxruntime;

import ai.onnxruntime.OrtException;
import io.hone.api.BadInputException;
import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import io.hone.api.run.Run;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnxruntime.card.CardCheck;
import io.hone.onnxruntime.card.OnnxFile;
import io.hone.onnxruntime.scores.LogitsForm;
import io.hone.onnxruntime.session.Feed;
import java.util.Map;
import java.util.Optional;

/**
 * A classifier as its file has it: run without anything that Hone does to a graph before it
 * differentiates it, so that a gradient can be compared with what the model really computes. What
 * the card says of the input is done in front of it.
 */
public final class WrittenModel implements AutoCloseable {
  private final OnnxFile file;
  private final ModelCard card;
  private final CardCheck.Ports ports;
  private final LogitsForm form;
  private final PreparedModel model;
  private final ModelSession session;
  private final double tolerance;

  private WrittenModel(
      OnnxFile file, ModelCard card, CardCheck.Ports ports, LogitsForm form, Placement placement) {
    this.file = file;
    this.card = card;
    this.ports = ports;
    this.form = form;
    this.model = PreparedModel.ofClassifier(file, card, ports, form);
    this.tolerance = ClassifierOpening.tolerance(file, placement);
    this.session =
        new ModelSession(card, model.graph(), model.images(), model.fixedBatch(), placement);
  }

  /**
   * Opens a classifier on the processor.
   *
   * @throws BadInputException if the file does not fit its card, or cannot be loaded
   */
  public static WrittenModel open(ModelCard card, Run run) {
    Placement placement = Placement.of(OnnxRuntimeBackend.Params.CPU, run);
    ClassifierOpening.Opened opened =
        ClassifierOpening.open(card, ClassifierOpening.NO_SAMPLES, placement, run);
    opened.forward().close();
    OnnxFile file = OnnxFile.read(card.file());
    try {
      CardCheck.Ports ports = CardCheck.check(card, file, Task.CLASSIFIER);
      return new WrittenModel(file, card, ports, opened.form(), placement);
    } catch (OnnxFormatException broken) {
      throw new BadInputException(broken.getMessage(), broken);
    }
  }

  /**
   * Compares the logits of images with what the untouched file answers, run by ONNX Runtime without
   * Hone.
   *
   * @param images {@code [N, C, H, W]} in [0, 1]
   * @return empty if ONNX Runtime cannot run the file as it is
   */
  public Optional<FileComparison> compareWithFile(Tensor images) {
    try (UntouchedFile untouched = UntouchedFile.open(file, card, ports)) {
      Tensor tried = untouched.onGrid(images);
      return untouched
          .answers(tried)
          .map(answers -> FileComparison.of(answers, logits(tried), form, tolerance));
    } catch (OrtException failure) {
      return Optional.empty();
    }
  }

  /**
   * Returns the logits {@code [N, K]} of images {@code [N, C, H, W]} in [0, 1]. May be called from
   * several threads.
   *
   * @throws BadInputException if the model fails on images of this shape
   */
  public Tensor logits(Tensor images) {
    Tensor logits = Tensor.zeros(images.rows(), card.output().classes());
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
