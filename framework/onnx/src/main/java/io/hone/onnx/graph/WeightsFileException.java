package io.hone.onnx.graph;

import java.nio.file.Path;

/** Says that a file of weights beside a model is missing, or does not hold what the model says. */
public final class WeightsFileException extends OnnxFormatException {
  private static final long serialVersionUID = 1L;

  private final String file;

  WeightsFileException(Path file, String message) {
    super(message);
    this.file = file.toString();
  }

  private WeightsFileException(WeightsFileException found, String message) {
    super(message, found);
    this.file = found.file;
  }

  /** Returns this error with the place of the weights before its message. */
  WeightsFileException at(String place) {
    return new WeightsFileException(this, place + getMessage());
  }

  /** Returns the file of weights. */
  public Path file() {
    return Path.of(file);
  }
}
