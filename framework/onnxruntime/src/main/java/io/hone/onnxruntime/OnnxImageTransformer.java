package io.hone.onnxruntime;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelCard;

/** An image-to-image model; what it returns is handed on as it is. */
final class OnnxImageTransformer implements ImageTransformer {
  private final ForwardPass forward;

  private OnnxImageTransformer(ForwardPass forward) {
    this.forward = forward;
  }

  /** Opens a model; it must return images of the shape it is given. */
  static ImageTransformer open(ModelCard card, PreparedModel model, Placement placement) {
    return new OnnxImageTransformer(
        new ForwardPass(
            card,
            model,
            placement,
            shape -> new int[] {shape.channels(), shape.height(), shape.width()}));
  }

  @Override
  public boolean accepts(ImageShape shape) {
    boolean accepted = forward.accepts(shape);
    if (accepted) {
      forward.makeSure(shape);
    }
    return accepted;
  }

  @Override
  public Tensor transform(Tensor images) {
    return forward.run(images);
  }

  @Override
  public void close() {
    forward.close();
  }
}
