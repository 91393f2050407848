package io.hone.plugins.datasets.numpy;

import io.hone.api.BadInputException;
import io.hone.api.DatasetProvider;
import io.hone.api.DatasetRequest;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Dataset;
import io.hone.api.data.Sha256;
import io.hone.api.run.Run;
import io.hone.numpy.NumpyArray;
import io.hone.numpy.PixelType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pf4j.Extension;

/**
 * Opens images that are in a NumPy array: {@code [N, C, H, W]}, {@code [N, H, W, C]} or {@code [N,
 * H, W]}.
 *
 * <p>{@code u1} values are divided by 255; floats must be in [0, 1] as they are. Floats that
 * rounding took out of [0, 1], by at most 1e-6, are clipped.
 */
@Named(
    id = "numpy",
    summary = "Images and labels in NumPy files, .npy or .npz.",
    references = "NumPy, numpy.lib.format",
    example = "{images: images.npy, labels: labels.npy}")
@Extension
public final class Numpy implements DatasetProvider<Numpy.Params> {
  /** What may be set. */
  public record Params(
      @Param(
              "The .npy or .npz file of images, N x C x H x W, N x H x W x C or N x H x W: u1 from"
                  + " 0 to 255, or f2, f4 or f8 from 0 to 1.")
          Path images,
      @Param(
              "The .npy or .npz file of N whole numbers, the classes; where absent, what the model"
                  + " predicts is taken for the labels.")
          Optional<Path> labels,
      @Param("The name of the array in an .npz file of images; needed if it holds several.")
          Optional<String> imagesKey,
      @Param("The name of the array in an .npz file of labels; needed if it holds several.")
          Optional<String> labelsKey,
      @Param("The order of the axes; needed if the sizes do not tell which one is the channels.")
          Optional<Layout> layout) {}

  @Override
  public Dataset open(Params parameters, DatasetRequest request, Run run) {
    NumpyArray images = array(parameters.images(), parameters.imagesKey(), "images-key");
    try {
      ImageAxes axes = ImageAxes.of(images, parameters.layout(), request);
      PixelType.check(images);
      int[] labels = new int[indexable(images)];
      if (parameters.labels().isPresent()) {
        Path file = parameters.labels().get();
        try (NumpyArray array = array(file, parameters.labelsKey(), "labels-key")) {
          LabelArray.read(array, images, request.classes(), labels, run);
        }
        checkLabels(labels, file, request.classes());
      } else {
        Arrays.fill(labels, Dataset.NO_LABEL);
        run.notice("data set numpy has no labels: what the model predicts is taken for them");
      }
      return new NumpyDataset(images, axes, labels, fingerprint(parameters), run);
    } catch (RuntimeException e) {
      images.close();
      throw e;
    }
  }

  private static NumpyArray array(Path file, Optional<String> key, String parameter) {
    if (key.isPresent()) {
      return NumpyArray.open(file, key.get());
    }
    List<String> entries = NumpyArray.entries(file);
    if (entries.size() > 1) {
      throw new BadInputException(
          file
              + " holds several arrays ("
              + String.join(", ", entries)
              + "); name one as `"
              + parameter
              + "`");
    }
    return NumpyArray.open(file);
  }

  private static int indexable(NumpyArray array) {
    if (array.rows() > Integer.MAX_VALUE - 8) {
      throw new BadInputException(
          array.name() + " holds more rows than can be run at once; split the arrays");
    }
    return (int) array.rows();
  }

  private static void checkLabels(int[] labels, Path file, Optional<Integer> classes) {
    for (int sample = 0; sample < labels.length; sample++) {
      boolean tooLarge = labels[sample] >= classes.orElse(Integer.MAX_VALUE);
      if (labels[sample] < 0 || tooLarge) {
        throw new BadInputException(
            file
                + " gives sample "
                + sample
                + " the label "
                + labels[sample]
                + (tooLarge
                    ? ", but the model has the classes 0 to "
                        + (classes.orElse(0) - 1)
                        + ", counted from 0"
                    : ", but classes are counted from 0")
                + "; correct the array");
      }
    }
  }

  private static String fingerprint(Params parameters) {
    Sha256 hash = new Sha256();
    try {
      hash.add(parameters.images()).add(parameters.imagesKey().orElse(""));
      if (parameters.labels().isPresent()) {
        hash.add(parameters.labels().get()).add(parameters.labelsKey().orElse(""));
      }
      return hash.add(parameters.layout().map(Layout::name).orElse("")).hex();
    } catch (IOException e) {
      throw new BadInputException(
          parameters.images() + " or its labels cannot be read; check the files", e);
    }
  }
}
