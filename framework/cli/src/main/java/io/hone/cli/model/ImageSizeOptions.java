package io.hone.cli.model;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.model.ModelCard;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that tell the size of images, where a model takes any. */
final class ImageSizeOptions {
  @Option(
      names = "--height",
      paramLabel = "H",
      description = "Rows of the images, where the model takes any.")
  private Integer height;

  @Option(
      names = "--width",
      paramLabel = "W",
      description = "Columns of the images, where the model takes any.")
  private Integer width;

  /** Returns whether a size was given. */
  boolean isGiven() {
    return height != null || width != null;
  }

  /**
   * Returns the shape of images that a model takes.
   *
   * @throws BadInputException for a size that does not fit the model, or is missing
   */
  ImageShape of(ModelCard card) {
    return new ImageShape(
        card.input().channels(),
        size("--height", height, card.input().height()),
        size("--width", width, card.input().width()));
  }

  private static int size(String option, Integer given, Optional<Integer> fixed) {
    if (given == null && fixed.isEmpty()) {
      throw new BadInputException(
          "the model takes images of any size; say which with --height and --width");
    }
    if (given != null && fixed.isPresent() && !given.equals(fixed.get())) {
      throw new BadInputException(
          "%s is %d, but the model takes %d alone; leave it out"
              .formatted(option, given, fixed.get()));
    }
    return Counts.positive(option, given, fixed.orElse(0));
  }
}
