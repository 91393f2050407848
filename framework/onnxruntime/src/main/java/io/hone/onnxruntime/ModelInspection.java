package io.hone.onnxruntime;

import io.hone.api.BadInputException;
import io.hone.onnx.gradient.AttackLoss;
import io.hone.onnx.gradient.Coverage;
import io.hone.onnx.gradient.DifferentiatedModel;
import io.hone.onnx.gradient.GradientGraph;
import io.hone.onnx.gradient.LogitsFinder;
import io.hone.onnx.gradient.LogitsSource;
import io.hone.onnx.gradient.UncoveredOperatorException;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.opset.OpsetException;
import io.hone.onnxruntime.card.OnnxFile;
import io.hone.onnxruntime.card.OutputChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model file holds, and whether Hone can differentiate it; nothing is run to find out.
 *
 * @param file absolute
 * @param sha256 of the file, in lower case hex
 * @param producer what wrote the model, such as {@code pytorch 2.4}; may be empty
 * @param opset the version of ONNX's own operator set
 * @param otherOpsets versions of other operator sets, by domain
 * @param parameters number of weights
 * @param inputs name, type and shape, as the graph declares them in its canonical form
 * @param outputs likewise
 * @param logits where the logits were found: of the output that holds scores, else of the first
 * @param operators how often each operator is used and whether it has a gradient, in order of first
 *     use; empty if the model cannot be read as the opset that Hone differentiates
 * @param gradientObstacle why the logits cannot be differentiated to the first input; empty if they
 *     can
 * @param notes what Hone changes in the model before it runs it, such as its precision
 * @param memory that each image of a batch takes; empty where the model leaves the size of images
 *     open and none was given
 */
public record ModelInspection(
    Path file,
    String sha256,
    String producer,
    int opset,
    Map<String, Long> otherOpsets,
    long parameters,
    List<TensorInfo> inputs,
    List<TensorInfo> outputs,
    LogitsSource logits,
    List<Coverage.Entry> operators,
    Optional<String> gradientObstacle,
    List<String> notes,
    Optional<MemoryNeed> memory) {
  /** Copies the collections. */
  public ModelInspection {
    otherOpsets = Map.copyOf(otherOpsets);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    operators = List.copyOf(operators);
    notes = List.copyOf(notes);
  }

  /** Returns the operators on the path whose gradient is no slope by design, and what it is. */
  public List<String> approximations() {
    return operators.stream()
        .filter(entry -> entry.onPath() > 0 && !entry.approximation().isEmpty())
        .map(entry -> entry.operator() + " (" + entry.approximation() + ")")
        .toList();
  }

  /** Returns whether a file is ONNX by its name. */
  public static boolean isNamedOnnx(Path path) {
    return OnnxFile.isNamed(path);
  }

  /**
   * Inspects a model file.
   *
   * @throws BadInputException if it is missing, empty, truncated or no ONNX
   */
  public static ModelInspection of(Path path) {
    return of(path, List.of());
  }

  /**
   * Inspects a model file.
   *
   * @param size height and width, in this order, for axes of the images that the model leaves open
   * @throws BadInputException if it is missing, empty, truncated or no ONNX
   */
  public static ModelInspection of(Path path, List<Long> size) {
    OnnxFile file = OnnxFile.read(path);
    OnnxModel model = file.model();
    String input = model.inputs().get(0).name();
    TensorInfo scores =
        OutputChoice.of(model, Optional.empty()).scores().orElse(model.outputs().get(0));
    LogitsSource logits = LogitsFinder.find(model, scores.name());
    List<Coverage.Entry> operators = List.of();
    Optional<String> obstacle = Optional.empty();
    Optional<DifferentiatedModel> gradient = Optional.empty();
    try {
      operators = Coverage.of(model, input, logits.value()).operators();
      gradient =
          Optional.of(
              GradientGraph.of(model)
                  .input(input)
                  .logits(logits.value())
                  .loss(AttackLoss.cotangent())
                  .build());
    } catch (UncoveredOperatorException | OpsetException | OnnxFormatException refused) {
      obstacle = Optional.of(refused.getMessage());
    }
    return new ModelInspection(
        file.path(),
        file.sha256(),
        model.producer(),
        file.opset(),
        model.otherOpsets(),
        model.parameters(),
        model.inputs(),
        model.outputs(),
        logits,
        operators,
        obstacle,
        file.canonical().notes(),
        MemoryNeed.of(model, model.inputs().get(0), gradient, size));
  }
}
