package io.hone.cli.model;

import io.hone.api.data.Dataset;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.run.Progress;
import io.hone.api.run.Run;
import io.hone.api.run.RunCancelledException;
import io.hone.cli.install.Installation;
import io.hone.cli.process.ExitCode;
import io.hone.cli.process.OutputFile;
import io.hone.numpy.NumpyArray;
import io.hone.numpy.NumpyType;
import io.hone.numpy.NumpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the gradients of a loss to images. */
@Command(
    name = "gradient",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the gradient of a loss to images: float32 N x C x H x W, in [0, 1] pixel space.",
      "Differentiated is the sum of the images' losses, so each image has the gradient of its own."
          + " Its sign is that of the loss as PyTorch defines it: ascending leads away from the"
          + " label."
    })
final class ModelGradientCommand implements Callable<Integer> {
  @Mixin private ModelArguments model;

  @Option(
      names = "--images",
      required = true,
      paramLabel = "X.npy",
      description = {
        "Images, .npy or .npz: float N x C x H x W in [0, 1] (or uint8, or N x H x W).",
        "For a model of flat values any shape of as many values; gradients have the same."
      })
  private Path images;

  @Option(
      names = "--labels",
      required = true,
      paramLabel = "Y.npy",
      description = "One class per image, whole numbers from 0.")
  private Path labels;

  @Mixin private LossOptions loss;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "G.npy",
      description = "The file to write.")
  private Path out;

  @Option(names = "--overwrite", description = "Replaces the file.")
  private boolean overwrite;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "64",
      description = "Images per batch (${DEFAULT-VALUE}); gradients do not depend on it.")
  private int batch;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that share a batch; default: one per processor.")
  private Integer threads;

  @Override
  public Integer call() throws IOException {
    OutputFile.check(out, overwrite);
    int sharing = Counts.positive("--threads", threads, Runtime.getRuntime().availableProcessors());
    Counts.positive("--batch", batch, batch);
    try (OpenedModel opened = model.open();
        RowShards shards = new RowShards(sharing)) {
      Run run = opened.run(0);
      DifferentiableClassifier classifier = opened.classifier(run);
      try (Dataset data =
          LabelledImages.open(opened.registry(), images, Optional.of(labels), opened.card(), run)) {
        int[] axes = opened.completed().shapeTold() ? axes(data.shape()) : axesOfImages();
        write(data, axes, classifier, run, shards);
        System.out.printf(
            "gradients: %s, float32 (%s)%nloss:      %s%n",
            Installation.shown(out), shape(data.size(), axes), loss.formula());
      }
      return ExitCode.DONE;
    } catch (RunCancelledException e) {
      System.err.println("cancelled: nothing was written.");
      return ExitCode.CANCELLED;
    }
  }

  private static int[] axes(ImageShape shape) {
    return new int[] {shape.channels(), shape.height(), shape.width()};
  }

  /** A model of flat values has gradients in the shape of the images as they were given. */
  private int[] axesOfImages() {
    try (NumpyArray array = NumpyArray.open(images)) {
      return LongStream.of(array.shape()).skip(1).mapToInt(Math::toIntExact).toArray();
    }
  }

  private static String shape(long rows, int[] axes) {
    return LongStream.concat(LongStream.of(rows), IntStream.of(axes).asLongStream())
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", "));
  }

  /** Writes beside the file first, so that a file under its name is always whole. */
  private void write(
      Dataset data, int[] axes, DifferentiableClassifier classifier, Run run, RowShards shards)
      throws IOException {
    Path unfinished = out.resolveSibling(out.getFileName() + ".part");
    try {
      try (NumpyWriter writer = NumpyWriter.create(unfinished, NumpyType.FLOAT32, axes);
          Progress progress = run.progress("gradients", data.size())) {
        for (long position = 0; position < data.size(); position += batch) {
          run.checkCancelled();
          int rows = (int) Math.min(batch, data.size() - position);
          writer.append(gradients(data, position, rows, classifier, shards));
          progress.advance(rows);
        }
      }
      Files.move(unfinished, out, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private Tensor gradients(
      Dataset data,
      long position,
      int rows,
      DifferentiableClassifier classifier,
      RowShards shards) {
    Loss wanted = loss.loss();
    Tensor pixels = Tensor.images(rows, data.shape());
    int[] classes = new int[rows];
    data.read(position, pixels, classes);
    Tensor gradients = Tensor.images(rows, data.shape());
    shards.run(
        rows,
        (from, to) -> {
          long[] samples = new long[to - from];
          for (int row = from; row < to; row++) {
            samples[row - from] = data.sample(position + row);
          }
          Tensor part =
              classifier
                  .lossGradient(
                      new ImageBatch(pixels.rows(from, to), samples),
                      wanted,
                      Arrays.copyOfRange(classes, from, to))
                  .gradient();
          gradients.copyRows(from, part, 0, to - from);
        });
    return gradients;
  }
}
