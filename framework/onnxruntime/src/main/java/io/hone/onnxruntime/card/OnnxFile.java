package io.hone.onnxruntime.card;

import io.hone.api.BadInputException;
import io.hone.api.GitLfsPointer;
import io.hone.api.data.Sha256;
import io.hone.onnx.canonical.CanonicalForm;
import io.hone.onnx.canonical.CanonicalModel;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.WeightsFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A model file that was read.
 *
 * @param path absolute
 * @param sha256 of its bytes, in lower case hex
 * @param opset the version of ONNX's own operator set that the file is written in
 * @param canonical what it holds, the weights in files beside it included, in the form that
 *     everything else works on
 * @param coarse whether the file rounds more coarsely than floats do: half precision, or quantised
 */
public record OnnxFile(
    Path path, String sha256, int opset, CanonicalModel canonical, boolean coarse) {
  private static final String EXTENSION = ".onnx";
  private static final Set<ElementType> HALF = Set.of(ElementType.FLOAT16, ElementType.BFLOAT16);

  /** Returns whether a file is ONNX by its name. */
  public static boolean isNamed(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().toLowerCase(Locale.ROOT).endsWith(EXTENSION);
  }

  /**
   * Reads a file.
   *
   * @throws BadInputException if it is missing, empty, truncated or no ONNX
   */
  public static OnnxFile read(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    if (!Files.isRegularFile(absolute)) {
      throw new BadInputException(absolute + ": there is no such model file");
    }
    GitLfsPointer.refuse(absolute);
    try {
      OnnxModel model = OnnxModel.read(absolute);
      model.inputs().forEach(input -> checkSizes(absolute, input));
      model.outputs().forEach(output -> checkSizes(absolute, output));
      return new OnnxFile(
          absolute, Sha256.of(absolute), model.opset(), CanonicalForm.of(model), isCoarse(model));
    } catch (WeightsFileException broken) {
      throw withoutWeights(absolute, broken);
    } catch (OnnxFormatException broken) {
      throw new BadInputException(
          broken.getMessage() + "; export the model to ONNX again, or copy it again", broken);
    } catch (IOException failure) {
      throw new BadInputException(
          absolute + ": the model file cannot be read: " + failure.getMessage(), failure);
    }
  }

  private static BadInputException withoutWeights(Path path, WeightsFileException broken) {
    if (GitLfsPointer.isPointer(broken.file())) {
      return new BadInputException(
          path
              + ": a file of its weights is missing: "
              + GitLfsPointer.error(broken.file()).getMessage(),
          broken);
    }
    return new BadInputException(
        broken.getMessage()
            + (Files.exists(broken.file())
                ? "; export the model to ONNX again, or copy both files again"
                : "; copy it there from where the model is from, under this name"),
        broken);
  }

  private static void checkSizes(Path path, TensorInfo value) {
    boolean fits =
        value.shape().stream()
            .flatMap(shape -> shape.dimensions().stream())
            .allMatch(axis -> axis.size() <= Integer.MAX_VALUE);
    if (!fits) {
      throw new BadInputException(
          path + ": the graph's " + value + " is larger than any image or row of scores can be");
    }
  }

  private static boolean isCoarse(OnnxModel model) {
    boolean half =
        Stream.of(
                model.inputs().stream().map(TensorInfo::type),
                model.outputs().stream().map(TensorInfo::type),
                model.constants().values().stream().map(ConstantTensor::type))
            .flatMap(types -> types)
            .anyMatch(HALF::contains);
    return half || model.nodes().stream().anyMatch(OnnxFile::rounds);
  }

  private static boolean rounds(Node node) {
    return node.operator().contains("Quantize")
        || node.operator().startsWith("QLinear")
        || node.operator().endsWith("Integer")
        || (node.is("Cast") && HALF.contains(ElementType.of((int) node.integer("to", 0))));
  }

  /** Returns the model in canonical form. */
  public OnnxModel model() {
    return canonical.model();
  }

  /** Returns the file's name without its extension. */
  String name() {
    String fileName = path.getFileName().toString();
    return fileName.substring(0, fileName.length() - EXTENSION.length());
  }
}
