package io.hone.scenario.card;

import io.hone.api.Param;
import io.hone.api.model.CardDraft.Extent;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.Order;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.ModelCard.Range;
import io.hone.api.model.Task;
import java.util.List;
import java.util.Optional;

/** The keys of a card, as written: the source of the binding and of the JSON Schema. */
record CardDocument(
    @Param("Name of the model; default: the name of the card's folder.") Optional<PlainText> name,
    @Param("The model file, in the card's folder.") PlainText file,
    @Param("SHA-256 of the model file in hex, so that another file is noticed.")
        Optional<PlainText> sha256,
    @Param("What the model does; default: what the file tells.") Optional<Task> task,
    @Param(value = "What the model expects.", def = "{}") Input input,
    @Param(value = "What the model returns.", def = "{}") Output output,
    @Param("How the model was made, in any keys; Hone shows it and compares test_accuracy.")
        Optional<FreeForm> training) {

  /** What a model expects. */
  record Input(
      @Param("The graph's input for images; default: the only one.") Optional<PlainText> name,
      @Param("Order of an image's axes: NCHW (channels first) or NHWC (channels last).")
          Optional<Layout> layout,
      @Param(
              "Order of the colours in three channels: rgb (default) or bgr; mean and std are in the"
                  + " same order.")
          Optional<Order> order,
      @Param(value = "Number of channels: 1 for grey, 3 for colours.", min = 1)
          Optional<Integer> channels,
      @Param("Rows, or any.") Optional<Extent> height,
      @Param("Columns, or any.") Optional<Extent> width,
      @Param("What the model takes for black and white, before mean and std, such as [0, 255].")
          Optional<Range> range,
      @Param("Subtracted per channel, in units of range.") Optional<List<Float>> mean,
      @Param("Divides per channel, in units of range.") Optional<List<Float>> std) {}

  /** What a model returns. */
  record Output(
      @Param("The graph's output; default: the only one.") Optional<PlainText> name,
      @Param(
              "What the numbers are: logits, probabilities, scores (either: the file's own answers"
                  + " tell) or, of an image-to-image model, image.")
          Optional<OutputKind> kind,
      @Param(
              value =
                  "Number of classes; a model that returns one number per image tells two classes"
                      + " apart and has 2.",
              min = 2)
          Optional<Integer> classes,
      @Param("Names of the classes, in their order.") Optional<List<PlainText>> names) {}
}
