package io.hone.dl4j.backend;

import io.hone.api.BadInputException;
import io.hone.api.ModelBackend;
import io.hone.api.Named;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Sha256;
import io.hone.api.model.Classifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.ModelCard.Range;
import io.hone.api.model.Task;
import io.hone.api.run.Run;
import io.hone.dl4j.samediff.InferenceGraph;
import io.hone.dl4j.samediff.Nd4jStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pf4j.Extension;

/**
 * Runs networks that SameDiff saved ({@code .sd}), with one thread.
 *
 * <p>Slower than ONNX Runtime; it is there to check an export, and for networks that were never
 * exported. A bare file is taken for one that Hone trained: images in [0, 1] called {@code image},
 * and an {@code output}. A card says otherwise.
 */
@Named(id = "dl4j", summary = "Runs networks saved by Deeplearning4j's SameDiff, on CPUs.")
@Extension
public final class Dl4jBackend implements ModelBackend<Dl4jBackend.Params> {
  private static final String SUFFIX = ".sd";

  /** Nothing to be chosen. */
  public record Params() {}

  @Override
  public boolean accepts(ModelCard card) {
    return isNamed(card.file());
  }

  private static boolean isNamed(Path file) {
    return file.getFileName() != null && file.getFileName().toString().endsWith(SUFFIX);
  }

  @Override
  public Optional<ModelCard> describe(Path file) {
    if (!isNamed(file)) {
      return Optional.empty();
    }
    Nd4jStart.load();
    SavedNetwork network = SavedNetwork.read(file, Optional.empty(), InferenceGraph.OUTPUT);
    long[] shape = network.imageShape();
    if (shape == null || shape.length != 4 || known(shape) < 3) {
      throw new BadInputException(
          file
              + ": does not tell the size of its images; write a model.yaml beside it that says"
              + " input.layout, input.channels, input.height and input.width");
    }
    Layout layout = shape[3] == 1 || shape[3] == 3 ? Layout.NHWC : Layout.NCHW;
    ModelCard.Input input =
        layout == Layout.NHWC
            ? input(network, layout, shape[3], shape[1], shape[2])
            : input(network, layout, shape[1], shape[2], shape[3]);
    long[] output = network.outputShape(shape);
    boolean classifier = output.length == 2;
    return Optional.of(
        new ModelCard(
            file.getFileName().toString(),
            file,
            sha256(file),
            classifier ? Task.CLASSIFIER : Task.IMAGE_TO_IMAGE,
            input,
            new ModelCard.Output(
                Optional.of(InferenceGraph.OUTPUT),
                classifier ? OutputKind.LOGITS : OutputKind.IMAGE,
                classifier ? (int) output[1] : 0,
                List.of()),
            Map.of()));
  }

  private static long known(long[] shape) {
    long known = 0;
    for (int axis = 1; axis < shape.length; axis++) {
      known += shape[axis] > 0 ? 1 : 0;
    }
    return known;
  }

  private static ModelCard.Input input(
      SavedNetwork network, Layout layout, long channels, long height, long width) {
    return new ModelCard.Input(
        Optional.of(network.image()),
        layout,
        (int) channels,
        Optional.of((int) height),
        Optional.of((int) width),
        Range.UNIT,
        List.of(),
        List.of());
  }

  @Override
  public Classifier openClassifier(Params parameters, ModelCard card, Run run) {
    SavedNetwork network = open(card, Task.CLASSIFIER);
    if (card.output().kind() == OutputKind.PROBABILITIES) {
      run.notice(
          "Model '"
              + card.name()
              + "' returns probabilities: their logarithm stands for the logits.");
    }
    long[] images = new PixelMapping(card.input()).axes(1, typicalShape(card.input()));
    long[] output = network.outputShape(images);
    if (output.length != 2 || output[1] != card.output().classes()) {
      throw new BadInputException(
          card.file()
              + ": returns "
              + Arrays.toString(output)
              + " for "
              + output[0]
              + " images, not the "
              + card.output().classes()
              + " classes of its card; correct output.name or output.classes");
    }
    return network.differentiable(images)
        ? new DifferentiableSameDiffClassifier(network, card)
        : new SameDiffClassifier(network, card);
  }

  private static ImageShape typicalShape(ModelCard.Input input) {
    // Where any size will do, one that survives a few halvings.
    return new ImageShape(input.channels(), input.height().orElse(64), input.width().orElse(64));
  }

  @Override
  public ImageTransformer openImageTransformer(Params parameters, ModelCard card, Run run) {
    return new SameDiffTransformer(open(card, Task.IMAGE_TO_IMAGE), card);
  }

  private static SavedNetwork open(ModelCard card, Task task) {
    if (card.task() != task) {
      throw new BadInputException(
          card.file()
              + ": model '"
              + card.name()
              + "' is "
              + (task == Task.CLASSIFIER ? "no classifier" : "no image-to-image model")
              + "; choose another model");
    }
    if (!Files.isRegularFile(card.file())) {
      throw new BadInputException(card.file() + ": there is no such file; correct the card's file");
    }
    String sha256 = sha256(card.file());
    if (!card.sha256().isEmpty() && !card.sha256().equals(sha256)) {
      throw new BadInputException(
          card.file()
              + ": its SHA-256 is "
              + sha256
              + ", not the card's "
              + card.sha256()
              + ": the file was replaced or damaged; restore it, or write its SHA-256 on the card");
    }
    Nd4jStart.load();
    return SavedNetwork.read(
        card.file(), card.input().name(), card.output().name().orElse(InferenceGraph.OUTPUT));
  }

  private static String sha256(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  @Override
  public String device(Params parameters, Run run) {
    return "cpu";
  }
}
