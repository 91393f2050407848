package io.hone.plugins.datasets.cifar;

import io.hone.api.BadInputException;
import io.hone.api.DatasetProvider;
import io.hone.api.DatasetRequest;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Dataset;
import io.hone.api.data.Sha256;
import io.hone.api.run.Run;
import io.hone.plugins.datasets.download.Mirrors;
import io.hone.plugins.datasets.eightbit.ClassSelection;
import io.hone.plugins.datasets.eightbit.EightBitDataset;
import io.hone.plugins.datasets.eightbit.EightBitImages;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pf4j.Extension;

/**
 * Opens CIFAR-10: photographs of animals and vehicles, {@code 3 x 32 x 32}, of ten classes.
 *
 * <p>The files are checked for their format, not for being the original ones: copies that were
 * compressed on the way are taken too, and the fingerprint tells them apart.
 */
@Named(
    id = "cifar10",
    summary = "Photographs of animals and vehicles in ten classes, 32 x 32 colour pixels.",
    references = "Krizhevsky 2009, Learning multiple layers of features from tiny images",
    example = "{split: test, classes: [9]}")
@Extension
public final class Cifar10 implements DatasetProvider<Cifar10.Params> {
  private static final List<String> CLASS_NAMES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  /** What may be set. */
  public record Params(
      @Param(value = "The part to open.", def = "test") Split split,
      @Param(
              value =
                  "The classes to keep, 0 (airplane), automobile, bird, cat, deer, dog, frog, horse,"
                      + " ship to 9 (truck); all of them if empty.",
              def = "[]",
              min = 0,
              max = BatchFile.CLASSES - 1)
          List<Integer> classes,
      @Param(
              "The folder that holds the batches (data_batch_1.bin to data_batch_5.bin and"
                  + " test_batch.bin); the folder cifar-10-batches-bin below the data folder if"
                  + " absent. Where it is missing, the data set is downloaded there.")
          Optional<Path> folder,
      @Param(
              value = "Where the archive is downloaded from: web addresses, tried in order.",
              def = "[\"https://www.cs.toronto.edu/~kriz/\"]")
          List<String> mirrors) {}

  @Override
  public Dataset open(Params parameters, DatasetRequest request, Run run) {
    ClassSelection selection =
        ClassSelection.of("cifar10", parameters.classes(), BatchFile.CLASSES);
    Mirrors mirrors = Mirrors.of("cifar10", parameters.mirrors());
    Path folder =
        parameters.folder().orElseGet(() -> run.dataFolder().resolve(BatchFolder.DEFAULT_NAME));
    List<BatchFile> files = new BatchFolder(folder, mirrors, run).files(parameters.split());
    EightBitImages images =
        new EightBitImages(BatchFile.SHAPE, selection, files.size() * BatchFile.IMAGES);
    Sha256 hash = new Sha256();
    for (int i = 0; i < files.size(); i++) {
      run.checkCancelled();
      files.get(i).read(i * BatchFile.IMAGES, images, hash);
    }
    EightBitDataset dataset = images.dataset(CLASS_NAMES, hash.hex());
    if (dataset.size() == 0) {
      throw new BadInputException(
          "data set cifar10: "
              + folder
              + " holds no image of the classes "
              + selection.classes()
              + "; name other classes");
    }
    return dataset;
  }
}
