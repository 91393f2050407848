package io.hone.onnx.runtime;

import ai.onnxruntime.OrtException;
import io.hone.api.component.BadInputException;
import io.hone.api.model.ModelCard;
import io.hone.api.tensor.ImageShape;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Words ONNX Runtime's failures for users: without its source files, and in one line. */
final class RuntimeFailure {
  private static final int LONGEST = 300;

  /** Error codes, source files and functions: of use to those who build ONNX Runtime. */
  private static final Pattern INTERNALS =
      Pattern.compile(
          "Error code - \\w+ - message: ?"
              + "|\\[ONNXRuntimeError\\] : \\d+ : \\w+ : "
              + "|/\\S*\\.(?:cc|h|cpp|cu):\\d+ "
              + "|\\S*onnxruntime::\\S*(?:\\([^)]*\\))? ?");

  private static final Pattern SPACE = Pattern.compile("\\s+");

  private RuntimeFailure() {}

  /** Returns what a failure says that a user can use. */
  static String shorten(OrtException failure) {
    String message = String.valueOf(failure.getMessage());
    String plain = INTERNALS.matcher(message).replaceAll("");
    String line = SPACE.matcher(plain).replaceAll(" ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " ...";
  }

  /** Returns the error for a model that ONNX Runtime refuses to load. */
  static BadInputException loading(Path file, OrtException failure) {
    return new BadInputException(
        file
            + ": ONNX Runtime cannot load this model: "
            + shorten(failure)
            + "; export it for ONNX Runtime, with standard operators",
        failure);
  }

  /** Returns the error for a model that fails while it runs. */
  static BadInputException running(Path file, OrtException failure) {
    return new BadInputException(
        file + ": the model failed while it ran: " + shorten(failure), failure);
  }

  /** Returns the error for a model that fails on images of one shape. */
  static BadInputException running(ModelCard card, ImageShape images, OrtException failure) {
    return new BadInputException(
        card.file()
            + ": the model fails on images of "
            + images
            + ", though it says that it takes "
            + card.input().sizes()
            + ": "
            + shorten(failure)
            + "; resize the images to what it was made for, and write that on its card",
        failure);
  }
}
