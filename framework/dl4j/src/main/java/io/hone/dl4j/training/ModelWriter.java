package io.hone.dl4j.training;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Sha256;
import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.TrainingTask;
import io.hone.dl4j.samediff.Inference;
import io.hone.dl4j.samediff.InferenceGraph;
import io.hone.learning.export.OnnxExport;
import io.hone.learning.network.Network;
import io.hone.learning.network.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what a training made: the ONNX file, on request the SameDiff file, and their card. */
final class ModelWriter {
  private static final String ONNX_FILE = "model.onnx";
  private static final String SAMEDIFF_FILE = "model.sd";
  private static final int PROBES = 16;

  private final Network network;
  private final TrainingTask task;
  private final boolean keepSameDiff;
  private final Map<String, Object> notes;

  /**
   * Creates a writer.
   *
   * @param keepSameDiff whether the SameDiff file, which the backend {@code dl4j} runs, is written
   * @param notes for the training section of the card
   */
  ModelWriter(Network network, TrainingTask task, boolean keepSameDiff, Map<String, Object> notes) {
    this.network = network;
    this.task = task;
    this.keepSameDiff = keepSameDiff;
    this.notes = notes;
  }

  /**
   * Writes the model with the best weights.
   *
   * @param score the name of what {@link EpochFigures#accuracy()} counts
   */
  TrainedModel write(Checkpoint checkpoint, String score) {
    Weights weights = checkpoint.best();
    boolean classifier = task.classes() > 0;
    String output = classifier ? "logits" : "image_out";
    Path file = task.output().resolve(ONNX_FILE);
    String sha256;
    try {
      Files.write(file, OnnxExport.model(task.name(), network, weights, output).toByteArray());
      sha256 = Sha256.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the model " + file, e);
    }
    InferenceGraph graph = new InferenceGraph(network, weights);
    if (keepSameDiff) {
      graph.save(task.output().resolve(SAMEDIFF_FILE));
    }
    Tensor inputs = probes();
    Tensor outputs = new Inference(graph, network).run(inputs);
    return new TrainedModel(
        card(file, sha256, output),
        figures(checkpoint, score),
        checkpoint.history().stream().map(epoch -> figures(epoch, score)).toList(),
        network.describe(),
        inputs,
        outputs);
  }

  private Tensor probes() {
    Tensor source =
        task.validation().size() > 0 ? task.validation().inputs() : task.training().inputs();
    return source.rows(0, Math.min(PROBES, source.rows())).copy();
  }

  private ModelCard card(Path file, String sha256, String output) {
    ImageShape shape = network.input();
    boolean classifier = task.classes() > 0;
    return new ModelCard(
        task.name(),
        file,
        sha256,
        classifier ? Task.CLASSIFIER : Task.IMAGE_TO_IMAGE,
        new ModelCard.Input(
            Optional.of(OnnxExport.INPUT),
            ModelCard.Layout.NCHW,
            shape.channels(),
            Optional.of(shape.height()),
            Optional.of(shape.width()),
            ModelCard.Range.UNIT,
            List.of(),
            List.of()),
        new ModelCard.Output(
            Optional.of(output),
            classifier ? ModelCard.OutputKind.LOGITS : ModelCard.OutputKind.IMAGE,
            task.classes(),
            List.of()),
        notes);
  }

  private Map<String, Double> figures(Checkpoint checkpoint, String score) {
    EpochFigures best = checkpoint.history().get(checkpoint.bestEpoch());
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("epochs", (double) checkpoint.epochs());
    figures.put("best_epoch", checkpoint.bestEpoch() + 1.0);
    figures.putAll(figures(best, score));
    return figures;
  }

  private Map<String, Double> figures(EpochFigures epoch, String score) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("training_loss", epoch.trainingLoss());
    if (task.validation().size() > 0) {
      figures.put("validation_loss", epoch.loss());
    }
    if (!Double.isNaN(epoch.accuracy())) {
      figures.put("validation_" + score, epoch.accuracy());
    }
    return figures;
  }
}
