package io.hone.onnxruntime;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import io.hone.onnx.batchaxis.BatchFreedom;
import io.hone.onnx.batchaxis.BatchIndependence;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.simplify.Simplifier;
import io.hone.onnxruntime.session.Feed;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Frees the batch of a model that was exported for a fixed number of images, and believes in it
 * only where both give the same images the same results.
 */
final class FrozenBatch {
  private static final int IMAGES = 3;
  private static final long SEED = 20;

  /**
   * Of a row's largest value. Sums in another order stay far below, images that influence each
   * other far above.
   */
  private static final float TOLERANCE = 1e-4f;

  private final ModelCard card;
  private final PreparedModel frozen;
  private final int images;
  private final Placement placement;

  private FrozenBatch(ModelCard card, PreparedModel frozen, int images, Placement placement) {
    this.card = card;
    this.frozen = frozen;
    this.images = images;
    this.placement = placement;
  }

  /**
   * Returns the model for any number of images where that is possible, with a notice of the way
   * taken. A model that nothing froze stays as it is, unless its images influence each other.
   */
  static PreparedModel free(ModelCard card, PreparedModel model, Placement placement) {
    return model.fixedBatch().isEmpty()
        ? apart(card, model)
        : new FrozenBatch(card, model, model.fixedBatch().getAsInt(), placement).free();
  }

  /** Returns a frozen model that was freed and did not answer as its file does, as it was. */
  static PreparedModel bound(ModelCard card, PreparedModel model) {
    return bound(
        card, model, model.fixedBatch().getAsInt(), "freed, it answers otherwise than its file");
  }

  /** Keeps images apart that would influence each other: no result may depend on the batch. */
  private static PreparedModel apart(ModelCard card, PreparedModel model) {
    BatchIndependence independence =
        BatchIndependence.of(model.graph(), model.images(), model.result());
    if (independence instanceof BatchIndependence.Mixing mixing) {
      return model
          .with(model.graph(), OptionalInt.of(1))
          .with(
              "Model '"
                  + card.name()
                  + "': images of one batch influence each other ("
                  + mixing.reason()
                  + "); they run one by one, so that no result depends on its neighbours. Export the"
                  + " model for inference.");
    }
    return model;
  }

  private PreparedModel free() {
    BatchFreedom freedom = BatchFreedom.of(frozen.graph(), frozen.images(), frozen.result());
    if (freedom instanceof BatchFreedom.Bound bound) {
      return bound(bound.reason());
    }
    OnnxModel free = ((BatchFreedom.Free) freedom).model();
    if (card.input().height().isEmpty() || card.input().width().isEmpty()) {
      return bound("its card leaves the size of images open, so nothing can be tried beforehand");
    }
    ImageShape shape =
        new ImageShape(
            card.input().channels(), card.input().height().get(), card.input().width().get());
    Tensor given = randomImages(shape);
    Tensor expected = results(frozen.graph(), OptionalInt.of(images), given, shape);
    try {
      if (!areClose(results(free, OptionalInt.empty(), given, shape), expected)) {
        return bound("freed, it gives other results");
      }
    } catch (BadInputException failure) {
      return bound("freed, it fails");
    }
    return frozen
        .with(free, OptionalInt.empty())
        .with(
            "Model '"
                + card.name()
                + "' was exported for batches of "
                + images
                + "; it was freed to take any number, and gave random images the same results.");
  }

  private PreparedModel bound(String reason) {
    return bound(card, frozen, images, reason);
  }

  private static PreparedModel bound(
      ModelCard card, PreparedModel frozen, int images, String reason) {
    return frozen.with(
        "Model '"
            + card.name()
            + "' takes "
            + (images == 1 ? "one image" : images + " images")
            + " at a time ("
            + reason
            + "): "
            + (images == 1
                ? "images run one by one, on as many threads as the run has."
                : "the last batch is filled up."));
  }

  private static Tensor randomImages(ImageShape shape) {
    Tensor images = Tensor.images(IMAGES, shape);
    RandomGenerator random = new SplittableRandom(SEED);
    for (int row = 0; row < IMAGES; row++) {
      for (int feature = 0; feature < images.rowSize(); feature++) {
        images.set(row, feature, random.nextFloat());
      }
    }
    return images;
  }

  private Tensor results(OnnxModel graph, OptionalInt batch, Tensor given, ImageShape shape) {
    OnnxModel simple = Simplifier.forInference(graph);
    try (ModelSession session = new ModelSession(card, simple, frozen.images(), batch, placement)) {
      int[] row = session.rowShape(frozen.images(), shape, frozen.result());
      int[] all = IntStream.concat(IntStream.of(IMAGES), IntStream.of(row)).toArray();
      if (IntStream.of(all).anyMatch(size -> size == 0)) {
        return Tensor.zeros(0, 1);
      }
      Tensor results = Tensor.zeros(all);
      session.run(
          shape, IMAGES, Feed.of(Map.of(frozen.images(), given)), Map.of(frozen.result(), results));
      return results;
    }
  }

  private static boolean areClose(Tensor actual, Tensor expected) {
    if (!Arrays.equals(actual.shape(), expected.shape())) {
      return false;
    }
    for (int row = 0; row < expected.rows(); row++) {
      float largest = 0;
      for (float value : expected.row(row)) {
        largest = Math.max(largest, Math.abs(value));
      }
      for (int i = 0; i < expected.rowSize(); i++) {
        // Written so that NaN is not close.
        if (!(Math.abs(actual.get(row, i) - expected.get(row, i)) <= TOLERANCE * largest)) {
          return false;
        }
      }
    }
    return true;
  }
}
