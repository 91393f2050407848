package io.hone.plugins.datasets.images;

import io.hone.api.BadInputException;
import io.hone.api.DatasetRequest;
import io.hone.api.data.ImageShape;
import io.hone.api.run.Run;
import java.util.Optional;

/**
 * Decides to which shape images are brought: the one that the user wrote, else the one that the
 * model takes, else the one that all images have.
 */
final class FitChoice {
  private static final int GREY = 1;
  private static final int COLOR = 3;

  private final ImageFolder.Params written;
  private final DatasetRequest request;
  private final CheckedImages images;

  private FitChoice(ImageFolder.Params written, DatasetRequest request, CheckedImages images) {
    this.written = written;
    this.request = request;
    this.images = images;
  }

  /**
   * Decides, and tells what is done to the images.
   *
   * @throws BadInputException if sizes differ and nothing tells the wanted one
   */
  static Fit of(ImageFolder.Params written, DatasetRequest request, CheckedImages images, Run run) {
    FitChoice choice = new FitChoice(written, request, images);
    int channels = choice.channels();
    Fit fit = choice.fit(channels);
    images.tell(fit::changes, choice.resizing(fit), run);
    images.tell(
        header -> header.channels() != channels,
        channels == GREY
            ? "are coloured and become grey (0.299 red + 0.587 green + 0.114 blue)"
            : "are grey: red, green and blue are the same",
        run);
    return fit;
  }

  private int channels() {
    Optional<Integer> known =
        written
            .channels()
            .or(() -> request.channels().filter(count -> count == GREY || count == COLOR));
    return known.orElseGet(
        () ->
            images.headers().stream().allMatch(header -> header.channels() == GREY) ? GREY : COLOR);
  }

  private Fit fit(int channels) {
    Optional<Integer> height = written.height().or(request::height);
    Optional<Integer> width = written.width().or(request::width);
    if (height.isEmpty() || width.isEmpty()) {
      return alike(channels);
    }
    Fit fit = new Fit(new ImageShape(channels, height.get(), width.get()), written.resize());
    for (int index = 0; index < images.files().size(); index++) {
      ImageHeader image = images.headers().get(index);
      if (!fit.covers(image)) {
        throw new BadInputException(
            "image-folder: with its short side at "
                + written.resize().orElse(0)
                + ", "
                + images.files().get(index).path()
                + " is smaller than the "
                + height.get()
                + " x "
                + width.get()
                + " pixels that are cut out; raise `resize`, or lower `height` and `width`");
      }
    }
    return fit;
  }

  private Fit alike(int channels) {
    if (written.resize().isPresent()) {
      throw new BadInputException(
          "image-folder: `resize` tells how images are resized before their centre is cut out, but"
              + " not its size, which the model leaves open; add `height` and `width`");
    }
    ImageHeader first = images.headers().get(0);
    for (int index = 1; index < images.headers().size(); index++) {
      ImageHeader other = images.headers().get(index);
      if (!other.hasSize(first)) {
        throw new BadInputException(
            "image-folder: the images have different sizes: "
                + images.files().get(0).path()
                + " is "
                + first.size()
                + ", "
                + images.files().get(index).path()
                + " is "
                + other.size()
                + ", and the model takes any size; add `height` and `width`, to which each image is"
                + " resized and cut");
      }
    }
    return new Fit(new ImageShape(channels, first.height(), first.width()), Optional.empty());
  }

  private String resizing(Fit fit) {
    String size = fit.shape().height() + " x " + fit.shape().width();
    return "have another size: each is resized "
        + fit.shortSide()
            .map(side -> "until its short side is " + side)
            .orElse("until it just covers " + size)
        + ", and cut to "
        + size
        + " around its centre"
        + (written.height().isPresent() ? "" : ", the size that the model takes");
  }
}
