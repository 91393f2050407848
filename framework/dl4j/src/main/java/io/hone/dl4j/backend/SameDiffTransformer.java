package io.hone.dl4j.backend;

import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelCard;
import io.hone.api.tensor.ImageShape;
import io.hone.api.tensor.Tensor;
import io.hone.dl4j.samediff.Nd4jStart;

/** A saved network that turns images into images, in the layout of its input. */
final class SameDiffTransformer implements ImageTransformer {
  private final SavedNetwork network;
  private final PixelMapping pixels;

  SameDiffTransformer(SavedNetwork network, ModelCard card) {
    this.network = network;
    this.pixels = new PixelMapping(card.input());
  }

  @Override
  public boolean accepts(ImageShape shape) {
    return pixels.accepts(shape);
  }

  @Override
  public Tensor transform(Tensor images) {
    if (images.rows() == 0) {
      return Tensor.images(0, images.imageShape());
    }
    Nd4jStart.load();
    float[] drawn =
        network.run(pixels.toNetwork(images), pixels.axes(images.rows(), images.imageShape()));
    return pixels.imagesFromNetwork(drawn, images.rows(), images.imageShape());
  }
}
