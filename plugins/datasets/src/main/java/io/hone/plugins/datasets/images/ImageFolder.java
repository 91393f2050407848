package io.hone.plugins.datasets.images;

import io.hone.api.component.BadInputException;
import io.hone.api.component.Named;
import io.hone.api.component.Param;
import io.hone.api.data.Dataset;
import io.hone.api.dataset.DatasetProvider;
import io.hone.api.dataset.DatasetRequest;
import io.hone.api.run.Progress;
import io.hone.api.run.Run;
import io.hone.api.tensor.ImageShape;
import io.hone.plugins.datasets.content.ContentHash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pf4j.Extension;

/**
 * Opens PNG and JPEG files in one folder for each class.
 *
 * <p>A class is the folder's place among the model's class names, or among the sorted folder names
 * if the model names none. Every file is checked before the first batch.
 */
@Named(
    id = "image-folder",
    summary = "PNG and JPEG files in one folder for each class, resized to one shape.",
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
      @Param(value = "The height of every image in pixels; the first image's if absent.", min = 1)
          Optional<Integer> height,
      @Param(value = "The width of every image in pixels; the first image's if absent.", min = 1)
          Optional<Integer> width,
      @Param(
              value = "The channels of every image, 1 (grey) or 3; the first image's if absent.",
              min = 1,
              max = 3)
          Optional<Integer> channels) {}

  @Override
  public Dataset open(Params parameters, DatasetRequest request, Run run) {
    checkSize(parameters);
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
            ? FolderListing.unlabelled(parameters.folder())
            : FolderListing.labelled(parameters.folder(), request.classNames());
    String fingerprint = check(listing.files(), run);
    return new ImageFolderDataset(listing, shape(parameters, listing), fingerprint);
  }

  private static void checkSize(Params parameters) {
    if (parameters.height().isPresent() != parameters.width().isPresent()) {
      throw new BadInputException(
          "image-folder: "
              + (parameters.height().isPresent() ? "height" : "width")
              + " stands alone; give both height and width, or neither");
    }
    if (parameters.channels().filter(channels -> channels != 1 && channels != 3).isPresent()) {
      throw new BadInputException(
          "image-folder: channels must be 1 (grey) or 3 (colour), not "
              + parameters.channels().get()
              + "; correct it");
    }
  }

  private static ImageShape shape(Params parameters, FolderListing listing) {
    ImageFile file = listing.files().get(0);
    ImageShape first = ImageDecoder.decode(file, ImageFolderDataset.content(file)).shape();
    return new ImageShape(
        parameters.channels().orElse(first.channels()),
        parameters.height().orElse(first.height()),
        parameters.width().orElse(first.width()));
  }

  /** Reads every file once, for its check and for the data set's fingerprint. */
  private static String check(List<ImageFile> files, Run run) {
    ContentHash all = new ContentHash();
    ContentHash each = new ContentHash();
    try (Progress progress = run.progress("check images", files.size())) {
      for (ImageFile file : files) {
        run.checkCancelled();
        byte[] bytes = ImageFolderDataset.content(file);
        FileCheck.check(file, bytes);
        all.add(file.name()).add(Long.toString(bytes.length)).add(each.add(bytes).hex());
        all.add(Integer.toString(file.label()));
        progress.advance(1);
      }
    }
    return all.hex();
  }
}
