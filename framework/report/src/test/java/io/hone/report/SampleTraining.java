package io.hone.report;

import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trainings for tests of their page. */
final class SampleTraining {
  private SampleTraining() {}

  /** Returns the epochs of an adversarial training whose losses span more than a decade. */
  static List<Map<String, Double>> epochs(int count) {
    List<Map<String, Double>> epochs = new ArrayList<>();
    for (int epoch = 1; epoch <= count; epoch++) {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("training_loss", 2.5 / epoch);
      figures.put("training_cross_entropy", 2.0 / epoch);
      figures.put("training_robustness", 0.5 / epoch);
      figures.put("validation_loss", 2.25 / epoch);
      figures.put("validation_accuracy", 1 - 0.5 / epoch);
      figures.put("validation_robust_accuracy", 0.875 - 0.5 / epoch);
      epochs.add(figures);
    }
    return epochs;
  }

  /** Returns the card of a training that stopped at its best epoch. */
  static ModelCard card(String name, int planned, int best) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("architecture", "lenet5");
    parameters.put("epochs", planned);
    parameters.put("rate", 0.001);
    Map<String, Object> training = new LinkedHashMap<>();
    training.put("component", "adversarial-training");
    training.put("parameters", parameters);
    training.put("engine", "onnxruntime");
    training.put("shards", 2);
    training.put("model", Map.of("name", "theirs", "weights", "kept"));
    training.put("only", List.of("last"));
    training.put("attack", Map.of("use", "pgd", "with", Map.of("epsilon", 0.1)));
    training.put("scenario", "hardened");
    training.put("seed", 7);
    training.put("data", Map.of("dataset", Map.of("use", "mnist", "with", Map.of("take", 2000))));
    training.put("training_examples", 54000);
    training.put("validation_examples", 6000);
    training.put("layers", List.of("Input 1x28x28", "Dense 10 -> 10x1x1"));
    training.put("figures", Map.of("best_epoch", (double) best, "test_accuracy", 0.9934));
    training.put("targets", Map.of("9", 4));
    return card(name, training);
  }

  static ModelCard card(String name, Map<String, Object> training) {
    return new ModelCard(
        name,
        Path.of("model.onnx"),
        "00",
        Task.CLASSIFIER,
        new ModelCard.Input(
            Optional.of("image"),
            ModelCard.Layout.NCHW,
            1,
            Optional.of(28),
            Optional.of(28),
            ModelCard.Range.UNIT,
            List.of(),
            List.of()),
        new ModelCard.Output(Optional.of("logits"), ModelCard.OutputKind.LOGITS, 10, List.of()),
        training);
  }
}
