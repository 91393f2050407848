package io.hone.api.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainedModelTest {
  private static final ModelCard CARD =
      new ModelCard(
          "tiny",
          Path.of("model.onnx"),
          "0",
          Task.CLASSIFIER,
          new ModelCard.Input(
              Optional.empty(),
              ModelCard.Layout.NCHW,
              1,
              Optional.of(1),
              Optional.of(1),
              ModelCard.Range.UNIT,
              List.of(),
              List.of()),
          new ModelCard.Output(Optional.empty(), ModelCard.OutputKind.LOGITS, 2, List.of()),
          Map.of());

  private static TrainedModel model(
      Map<String, Double> figures, List<Map<String, Double>> history, List<String> layers) {
    return new TrainedModel(
        CARD, figures, history, layers, Tensor.zeros(1, 1, 1, 1), Tensor.zeros(1, 2));
  }

  @Test
  void keepsWhatItWasGivenAndItsOrder() {
    Map<String, Double> epoch = new LinkedHashMap<>();
    epoch.put("validation_loss", 0.5);
    epoch.put("accuracy", 0.75);
    Map<String, Double> figures = new LinkedHashMap<>(epoch);
    List<Map<String, Double>> history = new ArrayList<>(List.of(epoch));
    List<String> layers = new ArrayList<>(List.of("Dense 2"));
    TrainedModel model = model(figures, history, layers);
    epoch.put("validation_loss", 9.0);
    figures.clear();
    history.clear();
    layers.clear();
    assertThat(model.figures().keySet()).containsExactly("validation_loss", "accuracy");
    assertThat(model.history()).containsExactly(Map.of("validation_loss", 0.5, "accuracy", 0.75));
    assertThat(model.layers()).containsExactly("Dense 2");
  }

  @Test
  void refusesNullAndTellsWhatToReturn() {
    assertThatThrownBy(() -> model(Map.of(), null, List.of()))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("history is null; return an empty list for no epoch");
    assertThatThrownBy(() -> model(Map.of(), Arrays.asList((Map<String, Double>) null), List.of()))
        .hasMessage("an entry of history is null; return an empty map");
    assertThatThrownBy(() -> model(null, List.of(), List.of()))
        .hasMessage("figures is null; return an empty map");
    assertThatThrownBy(() -> model(Map.of(), List.of(), null))
        .hasMessage("layers is null; return an empty list");
  }
}
