package io.hone.plugins.defenses;

import io.hone.api.BadInputException;
import io.hone.api.Defense;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.ImageShape;
import io.hone.api.model.Classifier;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import java.util.Optional;
import org.pf4j.Extension;

/**
 * Resizes each image to a random size and puts it at a random place of a larger black one: Xie et
 * al. 2018.
 *
 * <p>Heights are given, widths follow in proportion. The paper resizes 299 to 299 - 330 and pads to
 * 331, with the nearest pixel; without parameters the padded image is larger by the same factor. A
 * model that takes one size only needs {@code back}, which resizes the padded image to the size of
 * the original.
 */
@Named(
    id = "randomization",
    summary = "Resizes the image at random and pads it at random before it is classified.",
    references =
        "Xie et al. 2018; Lim, How to Create Adversarial Examples and Mitigate Adversarial Effects, section 4",
    example = "{back: true}")
@Extension
public final class Randomization implements Defense<Randomization.Params> {
  /** Parameters of the defense. */
  public record Params(
      @Param(
              value = "Smallest height after resizing, in pixels; the image's own if not given.",
              min = 1)
          Optional<Integer> resizeMin,
      @Param(
              value =
                  "Largest height after resizing, in pixels; one less than the padded height if not"
                      + " given.",
              min = 1)
          Optional<Integer> resizeMax,
      @Param(
              value = "Height after padding, in pixels; 331/299 of the image's own if not given.",
              min = 1)
          Optional<Integer> padTo,
      @Param(value = "How an image is read between its pixels.", def = "bilinear")
          Interpolation interpolation,
      @Param(
              value = "Whether the padded image is resized to the size of the original.",
              def = "true")
          boolean back) {}

  @Override
  public void prepare(Params parameters, Setting setting, Run run) {
    Sizes sizes = Sizes.of(parameters, setting.shape());
    if (sizes.smallest() > sizes.largest()) {
      throw new BadInputException(
          "the defense randomization has no height to resize to: resize-min is "
              + sizes.smallest()
              + " and resize-max "
              + sizes.largest()
              + "; give a resize-min that is not larger");
    }
    if (sizes.largest() > sizes.padded()) {
      throw new BadInputException(
          "the defense randomization cannot pad to "
              + sizes.padded()
              + " pixels what it resized to "
              + sizes.largest()
              + "; give a larger pad-to or a smaller resize-max");
    }
  }

  @Override
  public Classifier protect(Params parameters, Classifier base, Run run) {
    return new Randomized(parameters, base, run);
  }

  /**
   * The heights that the parameters mean for images of a shape.
   *
   * @param smallest after resizing
   * @param largest after resizing
   * @param padded after padding
   */
  record Sizes(int smallest, int largest, int padded) {
    private static final double PAPER = 331.0 / 299;

    static Sizes of(Params parameters, ImageShape shape) {
      int padded = parameters.padTo().orElseGet(() -> (int) Math.ceil(shape.height() * PAPER));
      int largest = parameters.resizeMax().orElse(padded - 1);
      int smallest = parameters.resizeMin().orElse(Math.min(shape.height(), largest));
      return new Sizes(smallest, largest, padded);
    }
  }
}
