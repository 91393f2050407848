package io.hone;

import io.hone.api.BadInputException;
import io.hone.api.CompletedCard;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.CardDraft;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelReference;
import io.hone.api.stability.Stability;
import io.hone.engine.context.RunServices;
import io.hone.engine.model.ModelLibrary;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A model of a {@link Hone}: a folder with a card, or a bare model file. It is opened when it is
 * first needed, and closed with its Hone. Safe for use by several threads.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class Model {
  private static final int BATCH = 256;

  private final Hone hone;
  private final ModelReference reference;

  /** Keeps the card, so that the file is read and hashed once; it opens nothing. */
  private final ModelLibrary cards;

  private final Map<ImageShape, ModelLibrary> libraries = new HashMap<>();

  Model(Hone hone, Path path) {
    this.hone = hone;
    this.reference = new ModelReference(path.toAbsolutePath().normalize());
    this.cards = hone.ownLibrary();
  }

  /** Returns the model's folder or file. */
  public Path path() {
    return reference.path();
  }

  /**
   * Returns the model's card, its gaps filled from the model's file.
   *
   * @throws BadInputException if card and file do not tell enough
   */
  public ModelCard card() {
    return completed().card();
  }

  /** Returns the card with what was assumed for it. */
  public CompletedCard completed() {
    return hone.working(() -> cards.completed(reference));
  }

  /** Returns what is known of the model without its file. */
  public CardDraft draft() {
    return hone.working(() -> cards.draft(reference));
  }

  /**
   * Returns the class that the model gives each image.
   *
   * @param images {@code [N, C, H, W]} in [0, 1]
   * @throws BadInputException if the model does not take the images
   */
  public int[] predict(Tensor images) {
    Checks.images(images, new int[images.rows()]);
    return hone.working(
        () -> {
          ModelLibrary library = library(images.imageShape());
          try (RunServices services = hone.services(0, library)) {
            Classifier classifier =
                library.openClassifier(
                    reference,
                    Optional.empty(),
                    images.rows(0, Math.min(images.rows(), 8)),
                    services.forTask("model"));
            if (!classifier.accepts(images.imageShape())) {
              throw new BadInputException(
                  "the images are "
                      + images.imageShape()
                      + ", but the model "
                      + card().name()
                      + " takes "
                      + card().input().sizes());
            }
            int[] classes = new int[images.rows()];
            for (int from = 0; from < images.rows(); from += BATCH) {
              int to = Math.min(images.rows(), from + BATCH);
              int[] part =
                  classifier.predict(
                      new ImageBatch(images.rows(from, to), LongStream.range(from, to).toArray()));
              System.arraycopy(part, 0, classes, from, part.length);
            }
            return classes;
          }
        });
  }

  /**
   * Returns the share of images that the model gets right; in [0, 1].
   *
   * @throws BadInputException if images and labels do not fit each other or the model
   */
  public double accuracy(Tensor images, int[] labels) {
    Checks.images(images, labels);
    int[] classes = predict(images);
    int right = 0;
    for (int row = 0; row < classes.length; row++) {
      right += classes[row] == labels[row] ? 1 : 0;
    }
    return (double) right / classes.length;
  }

  ModelReference reference() {
    return reference;
  }

  /** Returns where this model is opened for images of a shape; each shape has its own. */
  ModelLibrary library(ImageShape shape) {
    synchronized (libraries) {
      return libraries.computeIfAbsent(
          shape,
          key -> {
            ModelLibrary library = hone.newLibrary();
            library.workOn(key);
            return library;
          });
    }
  }
}
