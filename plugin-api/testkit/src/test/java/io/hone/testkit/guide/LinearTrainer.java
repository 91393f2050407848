package io.hone.testkit.guide;

import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Sha256;
import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import io.hone.api.run.Progress;
import io.hone.api.run.Run;
import io.hone.api.train.BatchTransform;
import io.hone.api.train.ComponentUse;
import io.hone.api.train.Examples;
import io.hone.api.train.Recipe;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.Trainer;
import io.hone.api.train.TrainingChoices;
import io.hone.api.train.TrainingTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.pf4j.Extension;

/** Trains a linear classifier on images that are attacked anew in every epoch. */
@Named(
    id = "linear-classifier",
    summary = "Trains a linear classifier, on request against an attack on every batch.",
    example = "{epochs: 3, batch: 4, epsilon: 0.05}")
@Extension
public final class LinearTrainer implements Trainer<LinearTrainer.Params> {
  private static final String FILE = "model.onnx";
  private static final int PROBES = 8;

  /** How the classifier is trained. */
  public record Params(
      @Param(value = "Passes over the examples.", def = "10", min = 1) int epochs,
      @Param(value = "Examples per step.", def = "32", min = 1) int batch,
      @Param(value = "Size of a gradient step.", def = "0.1", min = 0) double rate,
      @Param(value = "The attack on every batch, which has a size epsilon.", def = "fgsm")
          String attack,
      @Param(
              value = "Size of the attack in pixel values of [0, 1]; 0 for no attack.",
              def = "0",
              min = 0,
              unit = Param.Unit.PIXEL)
          double epsilon) {

    Optional<ComponentUse> batchAttack() {
      return epsilon > 0
          ? Optional.of(ComponentUse.attack(attack, Map.of("epsilon", epsilon)))
          : Optional.empty();
    }
  }

  @Override
  public Recipe recipe(Params parameters, TrainingChoices choices) {
    return new LabelledSteps(parameters.batchAttack().stream().toList());
  }

  @Override
  public TrainedModel train(
      Params parameters, TrainingTask task, BatchTransform transform, Run run) {
    Examples examples = task.training();
    LinearNetwork network = new LinearNetwork(examples.inputs().imageShape(), task.classes());
    Path checkpoint = task.checkpoints().resolve("weights");
    long total = (long) parameters.epochs() * examples.size();
    try (Progress progress = run.progress("training " + task.name(), total)) {
      int done = task.resume() && Files.exists(checkpoint) ? network.read(checkpoint) : 0;
      progress.advance((long) done * examples.size());
      for (int epoch = done; epoch < parameters.epochs(); epoch++) {
        for (int from = 0; from < examples.size(); from += parameters.batch()) {
          run.checkCancelled();
          progress.advance(learn(network, parameters, examples, from, epoch, transform));
        }
        network.write(checkpoint, epoch + 1);
      }
      return trained(network, parameters, task);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Attacks a batch with the weights of this moment, learns from it, and returns its size. */
  private static int learn(
      LinearNetwork network,
      Params parameters,
      Examples examples,
      int from,
      int epoch,
      BatchTransform transform) {
    int to = Math.min(examples.size(), from + parameters.batch());
    ImageBatch clean =
        new ImageBatch(examples.inputs().rows(from, to), LongStream.range(from, to).toArray());
    int[] labels = labels(examples.targets().rows(from, to));
    Tensor images =
        parameters
            .batchAttack()
            .map(attack -> transform.attacked(attack, epoch, clean, labels, network))
            .orElse(clean.pixels());
    network.step(clean.with(images), labels, parameters.rate());
    return to - from;
  }

  private static int[] labels(Tensor targets) {
    int[] labels = new int[targets.rows()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = (int) targets.get(row, 0);
    }
    return labels;
  }

  private static TrainedModel trained(LinearNetwork network, Params parameters, TrainingTask task)
      throws IOException {
    Path file = Files.write(task.output().resolve(FILE), network.onnx(task.name()));
    Tensor images = task.validation().inputs();
    ImageBatch validation = new ImageBatch(images, LongStream.range(0, images.rows()).toArray());
    int[] predicted = network.predict(validation);
    int[] labels = labels(task.validation().targets());
    double right = 0;
    for (int row = 0; row < labels.length; row++) {
      right += predicted[row] == labels[row] ? 1 : 0;
    }
    ImageBatch probes = validation.rows(0, Math.min(PROBES, validation.size()));
    return new TrainedModel(
        card(task, file),
        Map.of(
            "epochs", (double) parameters.epochs(), "validation_accuracy", right / labels.length),
        List.of(),
        List.of("Linear " + task.classes()),
        probes.pixels(),
        network.logits(probes));
  }

  private static ModelCard card(TrainingTask task, Path file) throws IOException {
    ImageShape shape = task.training().inputs().imageShape();
    return new ModelCard(
        task.name(),
        file,
        Sha256.of(file),
        Task.CLASSIFIER,
        new ModelCard.Input(
            Optional.empty(),
            ModelCard.Layout.NCHW,
            shape.channels(),
            Optional.of(shape.height()),
            Optional.of(shape.width()),
            ModelCard.Range.UNIT,
            List.of(),
            List.of()),
        new ModelCard.Output(
            Optional.empty(), ModelCard.OutputKind.LOGITS, task.classes(), List.of()),
        Map.of());
  }
}
