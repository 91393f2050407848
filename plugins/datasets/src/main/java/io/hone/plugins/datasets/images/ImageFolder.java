package io.hone.plugins.datasets.images;

import io.hone.api.BadInputException;
import io.hone.api.DatasetProvider;
import io.hone.api.DatasetRequest;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Dataset;
import io.hone.api.run.Run;
import io.hone.plugins.datasets.images.ImageHeader.Inks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pf4j.Extension;

/**
 * Opens image files in one folder for each class.
 *
 * <p>Folder names are the model's class names, or the numbers of its classes, or in their order all
 * of its classes. Every file is checked before the first batch.
 */
@Named(
    id = "image-folder",
    summary =
        "PNG, JPEG, GIF, BMP and TIFF files in one folder for each class, brought to one shape.",
    example = "{folder: images, height: 224, width: 224, channels: 3}")
@Extension
public final class ImageFolder implements DatasetProvider<ImageFolder.Params> {
  private static final String HEADLESS = "java.awt.headless";

  /** What may be set. */
  public record Params(
      @Param("The folder that holds one folder of images for each class.") Path folder,
      @Param(
              value =
                  "Where labels come from: the folders' names, or what the model predicts where"
                      + " there are none.",
              def = "folders")
          Labels labels,
      @Param(
              "The names of the class folders in the order of the model's classes; needed where"
                  + " neither the model nor the folders tell which class a folder is.")
          List<String> classes,
      @Param("A text file of these names, one on each line, instead of classes.")
          Optional<Path> names,
      @Param(
              value =
                  "The height of every image in pixels; if absent, the model's, or the one that all"
                      + " images have.",
              min = 1)
          Optional<Integer> height,
      @Param(
              value =
                  "The width of every image in pixels; if absent, the model's, or the one that all"
                      + " images have.",
              min = 1)
          Optional<Integer> width,
      @Param(
              value =
                  "The short side of every image in pixels before its centre is cut out; if absent,"
                      + " the smallest that covers height and width.",
              min = 1)
          Optional<Integer> resize,
      @Param(
              value =
                  "The channels of every image, 1 (grey) or 3; if absent, the model's, or 3 where"
                      + " an image is coloured.",
              min = 1,
              max = 3)
          Optional<Integer> channels) {
    /** Copies the list. */
    public Params {
      classes = List.copyOf(classes);
    }
  }

  @Override
  public Dataset open(Params parameters, DatasetRequest request, Run run) {
    checkParameters(parameters);
    // On a machine with a display Java would load its windowing library to decode an image.
    if (System.getProperty(HEADLESS) == null) {
      System.setProperty(HEADLESS, "true");
    }
    if (!Files.isDirectory(parameters.folder())) {
      throw new BadInputException(
          "image-folder: " + parameters.folder() + " is no folder; name one as `folder`");
    }
    FolderListing listing =
        parameters.labels() == Labels.PREDICTED
            ? FolderListing.unlabelled(parameters.folder(), run)
            : FolderListing.labelled(parameters.folder(), written(parameters), request, run);
    CheckedImages images = CheckedImages.check(listing.files(), run);
    images.tell(
        ImageHeader::turned,
        "have a tag that tells viewers to turn them, which is not followed: the pixels are used as"
            + " they are stored, as most pipelines for training do",
        run);
    images.tell(ImageHeader::alpha, "have transparency, which is left aside", run);
    images.tell(
        header -> header.inks() != Inks.NONE,
        "hold four inks (CMYK), which become red, green and blue without a colour profile",
        run);
    Fit fit = FitChoice.of(parameters, request, images, run);
    return new ImageFolderDataset(listing, fit, images.fingerprint());
  }

  private static List<String> written(Params parameters) {
    return parameters.names().map(ClassNames::read).orElse(parameters.classes());
  }

  private static void checkParameters(Params parameters) {
    if (parameters.height().isPresent() != parameters.width().isPresent()) {
      throw new BadInputException(
          "image-folder: "
              + (parameters.height().isPresent() ? "height" : "width")
              + " is given alone; give both height and width, or neither");
    }
    if (parameters.channels().filter(channels -> channels != 1 && channels != 3).isPresent()) {
      throw new BadInputException(
          "image-folder: channels must be 1 (grey) or 3 (colour), not "
              + parameters.channels().get()
              + "; correct it");
    }
    if (parameters.names().isPresent() && !parameters.classes().isEmpty()) {
      throw new BadInputException(
          "image-folder: both classes and names give the class folders' names; remove one of them");
    }
  }
}
