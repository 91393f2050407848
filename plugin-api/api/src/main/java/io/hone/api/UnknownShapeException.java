package io.hone.api;

import io.hone.api.stability.Stability;

/**
 * Says that neither a card nor its model's file tell the shape of the images, while all else is
 * known. A run takes the shape that its data set's images have.
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public final class UnknownShapeException extends BadInputException {
  private static final long serialVersionUID = 1L;

  private final transient DatasetRequest request;

  /**
   * Creates an error.
   *
   * @param message asks for the shape, where there is no data set
   * @param request what is known of the model for a data set, without a shape
   */
  public UnknownShapeException(String message, DatasetRequest request) {
    super(message);
    this.request = request;
  }

  /** Returns what a data set should know of the model. */
  public DatasetRequest request() {
    return request;
  }
}
