package io.hone.onnxruntime;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.simplify.Simplifier;
import io.hone.onnxruntime.card.CardName;
import io.hone.onnxruntime.session.Feed;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A model's graph from images to its result. What the graph leaves open is found out by running it
 * once on black images, before anything depends on it.
 */
final class ForwardPass implements AutoCloseable {
  private final ModelCard card;
  private final PreparedModel model;
  private final Function<ImageShape, int[]> expected;
  private final ModelSession session;
  private final Set<ImageShape> verified = ConcurrentHashMap.newKeySet();

  /**
   * Loads a model, and runs it once where the card fixes the size of its images.
   *
   * @param expected the shape of one row of the result, for each shape of images
   * @throws BadInputException if it cannot be loaded or returns something else
   */
  ForwardPass(
      ModelCard card,
      PreparedModel model,
      Placement placement,
      Function<ImageShape, int[]> expected) {
    this.card = card;
    this.model = model;
    this.expected = expected;
    // In the form that gradients are built on: the same logits to the bit, whatever the batch.
    OnnxModel graph = Simplifier.forInference(model.graph());
    this.session = new ModelSession(card, graph, model.images(), model.fixedBatch(), placement);
    ModelCard.Input input = card.input();
    if (input.height().isPresent() && input.width().isPresent()) {
      try {
        verify(new ImageShape(input.channels(), input.height().get(), input.width().get()));
      } catch (RuntimeException | Error failure) {
        session.close();
        throw failure;
      }
    }
  }

  /** Returns whether the card allows images of this shape. */
  boolean accepts(ImageShape shape) {
    return shape.channels() == card.input().channels()
        && allows(card.input().height(), shape.height())
        && allows(card.input().width(), shape.width());
  }

  private static boolean allows(Optional<Integer> size, int given) {
    return size.isEmpty() || size.get() == given;
  }

  /** Returns the model's result for images {@code [N, C, H, W]}. */
  Tensor run(Tensor images) {
    ImageShape shape = checked(images);
    Tensor result = results(images.rows(), shape);
    session.run(
        shape,
        images.rows(),
        Feed.of(Map.of(model.images(), images)),
        Map.of(model.result(), result));
    return result;
  }

  /** Returns room for the results of so many images. */
  Tensor results(int rows, ImageShape shape) {
    int[] row = expected.apply(shape);
    int[] all = new int[row.length + 1];
    all[0] = rows;
    System.arraycopy(row, 0, all, 1, row.length);
    return Tensor.zeros(all);
  }

  /** Returns the shape of images, once it is sure that the model can take them. */
  ImageShape checked(Tensor images) {
    ImageShape shape = images.imageShape();
    if (!accepts(shape)) {
      throw new IllegalArgumentException(
          "model '"
              + card.name()
              + "' takes images of "
              + card.input().sizes()
              + ", not of "
              + shape);
    }
    makeSure(shape);
    return shape;
  }

  /**
   * Finds out whether the model returns what is expected for images of a shape that it accepts.
   *
   * @throws BadInputException if it returns something else
   */
  void makeSure(ImageShape shape) {
    if (!verified.contains(shape)) {
      verify(shape);
    }
  }

  private void verify(ImageShape shape) {
    int[] returned = session.rowShape(model.images(), shape, model.result());
    int[] wanted = expected.apply(shape);
    if (!Arrays.equals(returned, wanted)) {
      throw new BadInputException(
          card.file()
              + ": for one image of "
              + shape
              + " the model returns "
              + Arrays.toString(returned)
              + " numbers, "
              + CardName.of(card)
              + " promises "
              + Arrays.toString(wanted)
              + "; name another model, or "
              + CardName.correction(card));
    }
    verified.add(shape);
  }

  @Override
  public void close() {
    session.close();
  }
}
