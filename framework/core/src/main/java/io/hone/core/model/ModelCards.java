package io.hone.core.model;

import io.hone.api.component.BadInputException;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Input;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.Output;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.ModelCard.Range;
import io.hone.api.model.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Reads and writes model cards: the {@code model.yaml} beside a model file. */
public final class ModelCards {
  /** The name of a card's file in a model's folder. */
  public static final String FILE_NAME = "model.yaml";

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
          .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
          .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build();

  private ModelCards() {}

  /**
   * Reads the card in a model's folder.
   *
   * @throws BadInputException naming the card, the key and what is expected there
   */
  public static ModelCard read(Path folder) {
    Path file = folder.resolve(FILE_NAME);
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          folder + " holds no " + FILE_NAME + "; name a folder with a card, or an .onnx file");
    }
    CardDocument document;
    try {
      document = MAPPER.readValue(file, CardDocument.class);
    } catch (JacksonException e) {
      throw new BadInputException(
          file + ": not a model card: " + e.getOriginalMessage() + place(e), e);
    }
    if (document == null) {
      throw new BadInputException(file + ": the card is empty; it needs file, task, input, output");
    }
    return new Reader(folder, file).card(document);
  }

  private static String place(JacksonException error) {
    return error.getLocation() == null ? "" : " (line " + error.getLocation().getLineNr() + ")";
  }

  /** Writes a card beside its model file, which must lie in the folder. */
  public static void write(Path folder, ModelCard card) throws IOException {
    Files.writeString(folder.resolve(FILE_NAME), MAPPER.writeValueAsString(document(folder, card)));
  }

  private static CardDocument document(Path folder, ModelCard card) {
    Input input = card.input();
    Output output = card.output();
    return new CardDocument(
        card.name(),
        folder.toAbsolutePath().relativize(card.file().toAbsolutePath()).toString(),
        card.sha256(),
        word(card.task()),
        new CardDocument.Input(
            input.name().orElse(null),
            input.layout().name(),
            input.channels(),
            input.height().<Object>map(size -> size).orElse("any"),
            input.width().<Object>map(size -> size).orElse("any"),
            List.of(input.range().low(), input.range().high()),
            input.mean().isEmpty() ? null : input.mean(),
            input.std().isEmpty() ? null : input.std()),
        new CardDocument.Output(
            output.name().orElse(null),
            word(output.kind()),
            card.task() == Task.CLASSIFIER ? output.classes() : null,
            output.classNames().isEmpty() ? null : output.classNames()),
        card.training().isEmpty() ? null : card.training());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Turns one document into a card, with errors that name the key. */
  private record Reader(Path folder, Path file) {
    ModelCard card(CardDocument document) {
      Task task = choice("task", need("task", document.task()), Task.class);
      CardDocument.Input input = need("input", document.input());
      CardDocument.Output output = need("output", document.output());
      Path model = folder.resolve(need("file", document.file())).toAbsolutePath().normalize();
      if (!model.startsWith(folder.toAbsolutePath().normalize())) {
        throw error("file", "must lie in the card's folder, not at " + document.file());
      }
      if (!Files.isRegularFile(model)) {
        throw error("file", model + " does not exist");
      }
      return new ModelCard(
          Optional.ofNullable(document.name()).orElse(folder.getFileName().toString()),
          model,
          need("sha256", document.sha256()).toLowerCase(Locale.ROOT),
          task,
          input(input),
          output(output, task),
          Optional.ofNullable(document.training()).orElse(Map.of()));
    }

    private Input input(CardDocument.Input input) {
      int channels = need("input.channels", input.channels());
      if (channels < 1) {
        throw error("input.channels", "must be at least 1");
      }
      return new Input(
          Optional.ofNullable(input.name()),
          input.layout() == null
              ? Layout.NCHW
              : choice("input.layout", input.layout(), Layout.class),
          channels,
          size("input.height", input.height()),
          size("input.width", input.width()),
          range(input.range()),
          perChannel("input.mean", input.mean(), channels),
          perChannel("input.std", input.std(), channels));
    }

    private Output output(CardDocument.Output output, Task task) {
      OutputKind kind = choice("output.kind", need("output.kind", output.kind()), OutputKind.class);
      if ((kind == OutputKind.IMAGE) != (task == Task.IMAGE_TO_IMAGE)) {
        throw error("output.kind", "is " + word(kind) + ", which does not fit task " + word(task));
      }
      int classes = task == Task.CLASSIFIER ? need("output.classes", output.classes()) : 0;
      List<String> names = Optional.ofNullable(output.classNames()).orElse(List.of());
      if (!names.isEmpty() && names.size() != classes) {
        throw error("output.names", "has " + names.size() + " names for " + classes + " classes");
      }
      if (task == Task.CLASSIFIER && classes < 1) {
        throw error("output.classes", "must be at least 1");
      }
      return new Output(Optional.ofNullable(output.name()), kind, classes, names);
    }

    private Optional<Integer> size(String key, Object value) {
      if ("any".equals(value)) {
        return Optional.empty();
      }
      if (need(key, value) instanceof Integer size && size > 0) {
        return Optional.of(size);
      }
      throw error(key, "must be a positive whole number or any, not " + value);
    }

    private Range range(List<Float> range) {
      if (range == null) {
        return Range.UNIT;
      }
      if (range.size() != 2 || range.contains(null) || range.get(0) >= range.get(1)) {
        throw error("input.range", "must be [low, high] with low below high, not " + range);
      }
      return new Range(range.get(0), range.get(1));
    }

    private List<Float> perChannel(String key, List<Float> values, int channels) {
      if (values == null || values.isEmpty()) {
        return List.of();
      }
      if (values.size() != channels || values.contains(null)) {
        throw error(key, "must hold one number per channel (" + channels + "), not " + values);
      }
      if (key.endsWith("std") && values.stream().anyMatch(value -> !(value > 0))) {
        throw error(key, "must be positive");
      }
      return new ArrayList<>(values);
    }

    private <T> T need(String key, T value) {
      if (value == null) {
        throw error(key, "is missing");
      }
      return value;
    }

    private <E extends Enum<E>> E choice(String key, String text, Class<E> type) {
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> word(constant).equalsIgnoreCase(text))
          .findFirst()
          .orElseThrow(
              () ->
                  error(
                      key,
                      "is '"
                          + text
                          + "', but must be one of "
                          + Arrays.stream(type.getEnumConstants())
                              .map(ModelCards::word)
                              .collect(Collectors.joining(", "))));
    }

    private BadInputException error(String key, String problem) {
      return new BadInputException(file + ": " + key + ": " + problem);
    }
  }
}
