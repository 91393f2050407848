package io.hone.onnx.training;

/** Says why the weights of a model cannot be trained; the message names them and the next step. */
public class UntrainableModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an error whose message names the model, the weights and what to do. */
  public UntrainableModelException(String message) {
    super(message);
  }
}
