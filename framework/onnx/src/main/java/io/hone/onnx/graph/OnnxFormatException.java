package io.hone.onnx.graph;

/** Says that bytes or a graph are not a usable ONNX model; the message names the place. */
public class OnnxFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an error whose message names the model, the place and what is wrong. */
  public OnnxFormatException(String message) {
    super(message);
  }

  /** Creates an error with the exception that revealed it. */
  public OnnxFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
