package io.hone.scenario.card;

import io.hone.api.BadInputException;
import io.hone.api.CompletedCard;
import io.hone.api.model.CardDraft;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Input;
import io.hone.api.model.ModelCard.Order;
import io.hone.api.model.ModelCard.Output;
import io.hone.api.model.Task;
import io.hone.scenario.binding.ValueSyntax;
import io.hone.scenario.diagnostics.SourceText;
import io.hone.scenario.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Reads and writes model cards: the {@code model.yaml} beside a model file. */
public final class ModelCards {
  /** The name of a card's file in a model's folder. */
  public static final String FILE_NAME = "model.yaml";

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
          .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
          .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build();

  private ModelCards() {}

  /** Returns the record of a card's keys. */
  public static Class<? extends Record> document() {
    return CardDocument.class;
  }

  /** Returns how the values of a card are written that are more than numbers and lists. */
  public static List<ValueSyntax> syntaxes() {
    return CardSyntax.all();
  }

  /**
   * Reads the card in a model's folder, which may leave to the model file what that tells.
   *
   * @throws BadInputException if there is none; a {@link
   *     io.hone.scenario.diagnostics.ScenarioException} holding everything that is wrong with it
   */
  public static CardDraft draft(Path folder) {
    Path file = folder.resolve(FILE_NAME);
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          folder + " holds no " + FILE_NAME + "; name a folder with a card, or an .onnx file");
    }
    return CardReader.read(folder, YamlReader.read(file));
  }

  /**
   * Reads a card that leaves nothing to the model file.
   *
   * @throws BadInputException as {@link #draft} does, and if the card has gaps
   */
  public static ModelCard read(Path folder) {
    return draft(folder)
        .withDefaults()
        .orElseThrow(
            () ->
                new BadInputException(
                    folder.resolve(FILE_NAME)
                        + ": the card leaves to the model file what only a backend can read off it;"
                        + " write task, input.channels, input.height, input.width, output.kind and"
                        + " output.classes"));
  }

  /** Writes a card beside its model file, which must be in the folder. */
  public static void write(Path folder, ModelCard card) throws IOException {
    Files.writeString(folder.resolve(FILE_NAME), MAPPER.writeValueAsString(content(folder, card)));
  }

  /**
   * Writes a card for people beside its model file, with comments.
   *
   * @throws io.hone.scenario.diagnostics.ScenarioException if parts of the card do not fit each
   *     other; nothing is written then
   */
  public static void writeCommented(Path folder, CompletedCard card) throws IOException {
    Path file = folder.resolve(FILE_NAME);
    String text = CommentedCard.of(folder, card) + training(card.card());
    SourceText source = SourceText.ofOption("the card that would be written", text);
    CardReader.read(folder, YamlReader.parse(source));
    Files.writeString(file, text);
  }

  private static String training(ModelCard card) {
    return card.training().isEmpty()
        ? ""
        : MAPPER.writeValueAsString(Map.of("training", card.training()));
  }

  private static Map<String, Object> content(Path folder, ModelCard card) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("name", card.name());
    content.put(
        "file", folder.toAbsolutePath().relativize(card.file().toAbsolutePath()).toString());
    content.put("sha256", card.sha256());
    content.put("task", CardSyntax.word(card.task()));
    content.put("input", content(card.input()));
    content.put("output", content(card.output(), card.task()));
    if (!card.training().isEmpty()) {
      content.put("training", card.training());
    }
    return content;
  }

  private static Map<String, Object> content(Input input) {
    Map<String, Object> content = new LinkedHashMap<>();
    input.name().ifPresent(name -> content.put("name", name));
    content.put("layout", CardSyntax.word(input.layout()));
    if (input.order() != Order.RGB) {
      content.put("order", CardSyntax.word(input.order()));
    }
    content.put("channels", input.channels());
    content.put("height", input.height().<Object>map(size -> size).orElse("any"));
    content.put("width", input.width().<Object>map(size -> size).orElse("any"));
    content.put("range", List.of(input.range().low(), input.range().high()));
    if (!input.mean().isEmpty()) {
      content.put("mean", input.mean());
    }
    if (!input.std().isEmpty()) {
      content.put("std", input.std());
    }
    return content;
  }

  private static Map<String, Object> content(Output output, Task task) {
    Map<String, Object> content = new LinkedHashMap<>();
    output.name().ifPresent(name -> content.put("name", name));
    content.put("kind", CardSyntax.word(output.kind()));
    if (task == Task.CLASSIFIER) {
      content.put("classes", output.classes());
    }
    if (!output.classNames().isEmpty()) {
      content.put("names", output.classNames());
    }
    return content;
  }
}
