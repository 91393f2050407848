package io.hone.onnx.opset;

/** Says that a model cannot be brought to the one opset; the message names node and version. */
public class OpsetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an error. */
  public OpsetException(String message) {
    super(message);
  }
}
