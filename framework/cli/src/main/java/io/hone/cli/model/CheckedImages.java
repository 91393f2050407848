package io.hone.cli.model;

import io.hone.api.BadInputException;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.cli.install.Installation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The images at which a gradient is checked.
 *
 * @param pixels {@code [N, C, H, W]}
 * @param labels the class that each image's loss looks at
 * @param imagesFrom what a user should know of the images
 * @param labelsFrom what a user should know of the labels
 */
record CheckedImages(Tensor pixels, int[] labels, String imagesFrom, String labelsFrom) {
  /** The options that choose them. */
  static final class Options {
    @Option(
        names = "--images",
        paramLabel = "X.npy",
        description =
            "Images to check at, .npy or .npz; default: uniform random images, the best ones, since"
                + " real images hold many equal pixels, where a model with maximum pooling has"
                + " kinks.")
    private Path images;

    @Option(
        names = "--labels",
        paramLabel = "Y.npy",
        description = "One class per image; default: one drawn at random that is not predicted.")
    private Path labels;

    @Option(
        names = "--count",
        paramLabel = "N",
        defaultValue = "4",
        description = "How many images; of given ones the first (${DEFAULT-VALUE}).")
    private int count;

    @Option(
        names = "--seed",
        paramLabel = "S",
        defaultValue = "0",
        description = "Seed of all that is random (${DEFAULT-VALUE}).")
    private long seed;

    @Mixin private ImageSizeOptions size;

    long seed() {
      return seed;
    }

    /**
     * Returns the images.
     *
     * @param logits tells what the model predicts, so that random labels are others
     * @throws BadInputException for options that do not fit the model or each other
     */
    CheckedImages open(OpenedModel model, UnaryOperator<Tensor> logits, Run run) {
      Counts.positive("--count", count, count);
      if (images == null) {
        if (labels != null) {
          throw new BadInputException("--labels needs --images, whose classes they are");
        }
        return random(size.of(model.card()), logits, run);
      }
      if (size.isGiven()) {
        throw new BadInputException("--height and --width are for random images, without --images");
      }
      return stored(model, logits, run);
    }

    private CheckedImages stored(OpenedModel model, UnaryOperator<Tensor> logits, Run run) {
      try (Dataset data =
          LabelledImages.open(
              model.registry(), images, Optional.ofNullable(labels), model.card(), run)) {
        int rows = (int) Math.min(count, data.size());
        Tensor pixels = Tensor.images(rows, data.shape());
        int[] classes = new int[rows];
        data.read(0, pixels, classes);
        String from = "the first " + rows + " of " + Installation.shown(images);
        return labels == null
            ? new CheckedImages(pixels, others(logits.apply(pixels), run), from, RANDOM_LABELS)
            : new CheckedImages(pixels, classes, from, Installation.shown(labels));
      }
    }

    private CheckedImages random(ImageShape shape, UnaryOperator<Tensor> logits, Run run) {
      Tensor pixels = Tensor.images(count, shape);
      for (int image = 0; image < count; image++) {
        RandomGenerator random = run.random(image);
        for (int feature = 0; feature < shape.features(); feature++) {
          pixels.set(image, feature, random.nextFloat());
        }
      }
      return new CheckedImages(
          pixels,
          others(logits.apply(pixels), run),
          count + " uniform random images, seed " + seed,
          RANDOM_LABELS);
    }

    /** Draws classes that are not predicted: the loss of a certain class hardly changes. */
    private static int[] others(Tensor logits, Run run) {
      int[] labels = new int[logits.rows()];
      for (int image = 0; image < labels.length; image++) {
        int label = run.random(-1L - image).nextInt(logits.rowSize() - 1);
        labels[image] = label >= logits.argmax(image) ? label + 1 : label;
      }
      return labels;
    }
  }

  private static final String RANDOM_LABELS = "drawn at random among those not predicted";

  int count() {
    return labels.length;
  }

  ImageShape shape() {
    return pixels.imageShape();
  }
}
