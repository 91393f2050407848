package io.hone.onnxruntime;

import io.hone.api.BadInputException;
import io.hone.api.model.Loss;
import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;
import io.hone.onnx.gradient.DifferentiatedModel;
import io.hone.onnx.gradient.UncoveredOperatorException;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.PublishedModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.opset.OpsetException;
import java.util.Optional;

/**
 * The graph of a classifier's loss and gradient, for use outside of Hone.
 *
 * <p>It takes {@link #IMAGE}, float {@code [N, C, H, W]} in [0, 1], and {@link #LABELS}, 64-bit
 * integers {@code [N]}. It returns {@link #LOGITS} {@code [N, K]}, {@link #LOSS} {@code [N]}, each
 * image's own, and {@link #GRADIENT}, shaped as the image: of each image's own loss to that image,
 * which is also the gradient of their sum. What the card says of layout, range, mean and standard
 * deviation is part of the graph.
 */
public final class GradientExport {
  /** The input for images. */
  public static final String IMAGE = "image";

  /** The input for classes. */
  public static final String LABELS = "labels";

  /** The output of scores. */
  public static final String LOGITS = "logits";

  /** The output of each image's loss. */
  public static final String LOSS = "loss";

  /** The output of each image's gradient. */
  public static final String GRADIENT = "gradient";

  private GradientExport() {}

  /**
   * Builds the graph.
   *
   * @param formula the loss as a reader of the file should know it
   * @throws BadInputException if the file does not fit its card, or cannot be differentiated
   */
  public static OnnxModel of(ModelCard card, Loss loss, String formula, Run run) {
    ClassifierOpening.Opened opened =
        ClassifierOpening.open(
            card,
            ClassifierOpening.NO_SAMPLES,
            Placement.of(OnnxRuntimeBackend.Params.CPU, run),
            run);
    opened.forward().close();
    PreparedModel model = opened.model();
    try {
      DifferentiatedModel built = GradientPass.graph(model, AttackLosses.of(loss));
      String classes = Integer.toString(card.output().classes());
      return PublishedModel.of(withShapes(built))
          .description(
              "The classifier '"
                  + card.name()
                  + "' with a loss and the loss's gradient to the image, written by Hone. "
                  + "Preprocessing is part of the graph.")
          .metadata("hone.model", card.name())
          .metadata("hone.model.sha256", card.sha256())
          .metadata("hone.loss", formula)
          .port(built.image(), IMAGE, "[N, C, H, W] in [0, 1]")
          .port(built.lossInput(), LABELS, "[N], each from 0 to " + classes + " - 1")
          .port(built.logits(), LOGITS, "[N, " + classes + "]")
          .port(built.loss(), LOSS, "[N], each image's own: " + formula)
          .port(built.gradient(), GRADIENT, "as the image: of each image's own loss to that image")
          .build();
    } catch (UncoveredOperatorException | OpsetException | OnnxFormatException refused) {
      throw new BadInputException(refused.getMessage(), refused);
    }
  }

  /** Tells what a reader of the file would have to run it for. */
  private static OnnxModel withShapes(DifferentiatedModel built) {
    GraphEditor graph = GraphEditor.of(built.model());
    Optional<Shape> image = built.model().input(built.image()).flatMap(TensorInfo::shape);
    graph.replaceOutputs(
        port -> {
          if (port.name().equals(built.gradient())) {
            return image.map(port::withShape).orElse(port);
          }
          return port.name().equals(built.loss())
              ? image.map(shape -> port.withShape(Shape.of(shape.axis(0)))).orElse(port)
              : port;
        });
    return graph.build(built.model().name());
  }
}
