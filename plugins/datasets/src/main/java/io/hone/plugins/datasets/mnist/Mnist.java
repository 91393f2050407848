package io.hone.plugins.datasets.mnist;

import io.hone.api.BadInputException;
import io.hone.api.DatasetProvider;
import io.hone.api.DatasetRequest;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.run.Run;
import io.hone.plugins.datasets.download.Download;
import io.hone.plugins.datasets.download.Mirrors;
import io.hone.plugins.datasets.download.Patience;
import io.hone.plugins.datasets.eightbit.ClassSelection;
import io.hone.plugins.datasets.eightbit.EightBitDataset;
import io.hone.plugins.datasets.eightbit.EightBitImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pf4j.Extension;

/**
 * Opens MNIST: handwritten digits, {@code 1 x 28 x 28}, of ten classes.
 *
 * <p>The test set is bundled. The training set is read from its folder and downloaded into it where
 * it is missing. Files given in a folder of the user's own may hold other images in MNIST's format.
 */
@Named(
    id = "mnist",
    summary = "Handwritten digits in ten classes, 28 x 28 grey pixels; the test set is bundled.",
    references = "LeCun, Cortes and Burges, The MNIST database of handwritten digits",
    example = "{split: test, classes: [9]}")
@Extension
public final class Mnist implements DatasetProvider<Mnist.Params> {
  private static final int CLASSES = 10;

  /** What may be set. */
  public record Params(
      @Param(value = "The part to open.", def = "test") Split split,
      @Param(
              value = "The classes to keep, 0 to 9; all of them if empty.",
              def = "[]",
              min = 0,
              max = CLASSES - 1)
          List<Integer> classes,
      @Param(
              "The folder that holds the IDX files, compressed or not, and takes downloads; the"
                  + " folder mnist below the data folder, or for the test set what is bundled, if"
                  + " absent.")
          Optional<Path> folder,
      @Param(
              value = "Where the files are downloaded from: web addresses, tried in order.",
              def =
                  "[\"https://storage.googleapis.com/cvdf-datasets/mnist/\","
                      + " \"https://ossci-datasets.s3.amazonaws.com/mnist/\"]")
          List<String> mirrors) {}

  @Override
  public Dataset open(Params parameters, DatasetRequest request, Run run) {
    ClassSelection selection = ClassSelection.of("mnist", parameters.classes(), CLASSES);
    Mirrors mirrors = Mirrors.of("mnist", parameters.mirrors());
    Split split = parameters.split();
    if (split == Split.TEST && parameters.folder().isEmpty()) {
      return dataset(bundled(split.images(), 3), bundled(split.labels(), 1), selection);
    }
    Path folder = parameters.folder().orElseGet(() -> run.dataFolder().resolve("mnist"));
    Download download = new Download(folder, mirrors, Patience.USUAL, run);
    Optional<IdxArray> images = found(split.images(), folder, 3);
    Optional<IdxArray> labels = found(split.labels(), folder, 1);
    checkPartner(split.images(), images, split.labels(), labels, folder);
    checkPartner(split.labels(), labels, split.images(), images, folder);
    IdxArray allImages = images.orElseGet(() -> downloaded(split, split.images(), download, 3));
    IdxArray allLabels = labels.orElseGet(() -> downloaded(split, split.labels(), download, 1));
    checkContent(split, folder, allImages, allLabels);
    EightBitDataset dataset = dataset(allImages, allLabels, selection);
    if (dataset.size() == 0) {
      throw new BadInputException(
          "data set mnist: "
              + folder
              + " holds no image of the classes "
              + selection.classes()
              + "; name other classes");
    }
    return dataset;
  }

  private static EightBitDataset dataset(
      IdxArray images, IdxArray labels, ClassSelection selection) {
    ImageShape shape = new ImageShape(1, images.shape()[1], images.shape()[2]);
    int count = labels.values().length;
    EightBitImages kept = new EightBitImages(shape, selection, count);
    for (int sample = 0; sample < count; sample++) {
      kept.add(sample, labels.values()[sample], images.values(), sample * shape.features());
    }
    return kept.dataset(
        IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList(),
        images.contentHash() + "+" + labels.contentHash());
  }

  private static IdxArray bundled(MnistFile file, int axes) {
    String name = file.compressedName();
    try (InputStream in = Mnist.class.getResourceAsStream(name)) {
      return IdxArray.read(in, axes, "the bundled " + name);
    } catch (IOException e) {
      throw new BadInputException("the bundled " + name + " cannot be read; install Hone again", e);
    }
  }

  private static Optional<IdxArray> found(MnistFile file, Path folder, int axes) {
    return file.find(folder).map(path -> IdxArray.read(path, axes));
  }

  private static IdxArray downloaded(Split split, MnistFile file, Download download, int axes) {
    String next =
        "put "
            + MnistFile.names(List.of(split.images(), split.labels()))
            + " into "
            + download.folder()
            + ", or name another folder as `folder`";
    return IdxArray.read(download.fetch(file.content(), next), axes);
  }

  /** A download completes only MNIST itself: labels of MNIST tell nothing of other images. */
  private static void checkPartner(
      MnistFile there,
      Optional<IdxArray> content,
      MnistFile missing,
      Optional<IdxArray> partner,
      Path folder) {
    if (content.isPresent() && partner.isEmpty() && !there.isOriginal(content.get())) {
      throw new BadInputException(
          "data set mnist: "
              + folder
              + " lacks "
              + missing.compressedName()
              + ", and what is beside it is not MNIST, so it cannot be downloaded; put the file"
              + " there");
    }
  }

  private static void checkContent(Split split, Path folder, IdxArray images, IdxArray labels) {
    if (images.shape()[0] != labels.values().length) {
      throw new BadInputException(
          "data set mnist: "
              + folder
              + " holds "
              + images.shape()[0]
              + " images and "
              + labels.values().length
              + " labels; "
              + MnistFile.names(List.of(split.images(), split.labels()))
              + " must belong together");
    }
    for (int sample = 0; sample < labels.values().length; sample++) {
      int label = Byte.toUnsignedInt(labels.values()[sample]);
      if (label >= CLASSES) {
        throw new BadInputException(
            "data set mnist: the labels in "
                + folder
                + " give sample "
                + sample
                + " the class "
                + label
                + ", known are 0 to 9; use a file with ten classes");
      }
    }
  }
}
