package io.hone.learning.loop;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Sha256;
import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.TrainingTask;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what a training made: the ONNX file, on request the engine's own file, and their card. */
final class ModelWriter {
  private static final String ONNX_FILE = "model.onnx";
  private static final int PROBES = 16;

  private final Learner learner;
  private final Subject subject;
  private final TrainingPlan plan;
  private final TrainingTask task;
  private final Map<String, Object> notes;

  /**
   * Creates a writer.
   *
   * @param learner with the weights that are to be written
   * @param notes for the training section of the card
   */
  ModelWriter(
      Learner learner,
      Subject subject,
      TrainingPlan plan,
      TrainingTask task,
      Map<String, Object> notes) {
    this.learner = learner;
    this.subject = subject;
    this.plan = plan;
    this.task = task;
    this.notes = notes;
  }

  /**
   * Writes the model.
   *
   * @param keep whether the engine's own file is written too
   */
  TrainedModel write(Checkpoint checkpoint, boolean keep) {
    Path file = task.output().resolve(ONNX_FILE);
    String sha256;
    try {
      Files.write(file, learner.model(task.name()));
      sha256 = Sha256.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the model " + file, e);
    }
    if (keep) {
      learner.keep(task.output());
    }
    Tensor inputs = probes();
    return new TrainedModel(
        card(file, sha256),
        figures(checkpoint),
        checkpoint.history().stream().map(EpochFigures::values).toList(),
        learner.describe(),
        inputs,
        learner.infer(inputs));
  }

  private Tensor probes() {
    Tensor source =
        task.validation().size() > 0 ? task.validation().inputs() : task.training().inputs();
    return source.rows(0, Math.min(PROBES, source.rows())).copy();
  }

  private ModelCard card(Path file, String sha256) {
    if (subject instanceof Subject.File of) {
      ModelCard old = of.model().card();
      return new ModelCard(task.name(), file, sha256, old.task(), old.input(), old.output(), notes);
    }
    ImageShape shape = subject.input();
    boolean classifier = task.classes() > 0;
    return new ModelCard(
        task.name(),
        file,
        sha256,
        classifier ? Task.CLASSIFIER : Task.IMAGE_TO_IMAGE,
        new ModelCard.Input(
            Optional.of(Learner.IMAGE),
            ModelCard.Layout.NCHW,
            shape.channels(),
            size(shape.height()),
            size(shape.width()),
            ModelCard.Range.UNIT,
            List.of(),
            List.of()),
        new ModelCard.Output(
            Optional.of(classifier ? Learner.LOGITS : Learner.IMAGE_OUT),
            classifier ? ModelCard.OutputKind.LOGITS : ModelCard.OutputKind.IMAGE,
            task.classes(),
            List.of()),
        notes);
  }

  /** A network that was trained on many sizes takes any size. */
  private Optional<Integer> size(int pixels) {
    return plan.augmentation().sizes().isPresent() ? Optional.empty() : Optional.of(pixels);
  }

  private static Map<String, Double> figures(Checkpoint checkpoint) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("epochs", (double) checkpoint.epochs());
    figures.put("best_epoch", checkpoint.bestEpoch() + 1.0);
    figures.putAll(checkpoint.history().get(checkpoint.bestEpoch()).values());
    return figures;
  }
}
