package io.hone.dl4j.backend;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelCard;
import io.hone.dl4j.samediff.Nd4jStart;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A saved network that turns images into images, in the layout of its input. */
final class SameDiffTransformer implements ImageTransformer {
  private final SavedNetwork network;
  private final ModelCard card;
  private final PixelMapping pixels;
  private final Set<ImageShape> verified = ConcurrentHashMap.newKeySet();

  SameDiffTransformer(SavedNetwork network, ModelCard card) {
    this.network = network;
    this.card = card;
    this.pixels = new PixelMapping(card.input());
  }

  @Override
  public boolean accepts(ImageShape shape) {
    boolean accepted = pixels.accepts(shape);
    if (accepted) {
      makeSure(shape);
    }
    return accepted;
  }

  @Override
  public Tensor transform(Tensor images) {
    if (images.rows() == 0) {
      return Tensor.images(0, images.imageShape());
    }
    makeSure(images.imageShape());
    float[] drawn =
        network.run(pixels.toNetwork(images), pixels.axes(images.rows(), images.imageShape()));
    return pixels.imagesFromNetwork(drawn, images.rows(), images.imageShape());
  }

  /** Refuses a network that returns images of another shape, before they are taken for these. */
  private void makeSure(ImageShape shape) {
    Nd4jStart.load();
    if (verified.contains(shape)) {
      return;
    }
    long[] given = pixels.axes(1, shape);
    long[] returned = network.outputShape(given);
    if (!Arrays.equals(image(given), image(returned))) {
      throw new BadInputException(
          card.file()
              + ": for one image of "
              + shape
              + " the model '"
              + card.name()
              + "' returns "
              + Arrays.toString(image(returned))
              + " numbers, not the "
              + Arrays.toString(image(given))
              + " it is given; name another model, or correct output.name on its card");
    }
    verified.add(shape);
  }

  private static long[] image(long[] batch) {
    return Arrays.copyOfRange(batch, 1, batch.length);
  }
}
