package io.hone.scenario.card;

import io.hone.api.model.CardDraft;
import io.hone.api.model.ModelCard.Order;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.Task;
import io.hone.scenario.binding.Binder;
import io.hone.scenario.binding.Bound;
import io.hone.scenario.binding.PathResolver;
import io.hone.scenario.binding.RecordShape;
import io.hone.scenario.diagnostics.Diagnostics;
import io.hone.scenario.diagnostics.Place;
import io.hone.scenario.yaml.YamlMapping;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlPath;
import io.hone.scenario.yaml.YamlScalar;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads a card, with everything that is wrong with it at once, each at its place. */
final class CardReader {
  private static final RecordShape<CardDocument> SHAPE =
      RecordShape.ofSection(CardDocument.class, "a model card");

  private static final RecordShape<CardDocument.Input> INPUT =
      RecordShape.ofSection(CardDocument.Input.class, "'input'");
  private static final RecordShape<CardDocument.Output> OUTPUT =
      RecordShape.ofSection(CardDocument.Output.class, "'output'");

  private static final int COLOURS = 3;

  private final Path folder;
  private final YamlNode root;
  private final Diagnostics diagnostics = new Diagnostics();

  private CardReader(Path folder, YamlNode root) {
    this.folder = folder;
    this.root = root;
  }

  /**
   * Reads the card in a folder.
   *
   * @param card the whole tree
   * @throws io.hone.scenario.diagnostics.ScenarioException holding everything that is wrong with it
   */
  static CardDraft read(Path folder, YamlNode card) {
    return new CardReader(folder.toAbsolutePath().normalize(), card).read();
  }

  private CardDraft read() {
    Binder binder = new Binder(new PathResolver(folder, folder), CardSyntax.all(), diagnostics);
    Optional<CardDocument> bound = binder.record(SHAPE, root).map(Bound::value);
    Optional<Path> model = at("file").flatMap(this::model);
    // What is wrong with one part does not hide what is wrong with another.
    part("input", INPUT).map(CardReader::input).ifPresent(this::check);
    Optional<CardDraft.Output> output = part("output", OUTPUT).map(CardReader::output);
    output.ifPresent(this::check);
    bound.flatMap(CardDocument::task).ifPresent(task -> output.ifPresent(out -> check(task, out)));
    bound.flatMap(CardDocument::training).ifPresent(training -> check(training.content()));
    diagnostics.throwIfAny();
    return draft(bound.orElseThrow(), model.orElseThrow());
  }

  private <R extends Record> Optional<R> part(String key, RecordShape<R> shape) {
    Binder quiet =
        new Binder(new PathResolver(folder, folder), CardSyntax.all(), new Diagnostics());
    return at(key).flatMap(node -> quiet.record(shape, node)).map(Bound::value);
  }

  private Optional<YamlNode> at(String key) {
    return root instanceof YamlMapping mapping ? mapping.get(key) : Optional.empty();
  }

  private CardDraft draft(CardDocument document, Path model) {
    return new CardDraft(
        document.name().map(PlainText::text).orElse(folder.getFileName().toString()),
        model,
        document.sha256().map(text -> text.text().toLowerCase(Locale.ROOT)),
        document.task(),
        input(document.input()),
        output(document.output()),
        document.training().map(FreeForm::content).orElse(Map.of()),
        Optional.empty());
  }

  private static CardDraft.Input input(CardDocument.Input input) {
    return new CardDraft.Input(
        input.name().map(PlainText::text),
        input.layout(),
        input.order(),
        input.channels(),
        input.height(),
        input.width(),
        input.range(),
        input.mean().orElse(List.of()),
        input.std().orElse(List.of()));
  }

  private static CardDraft.Output output(CardDocument.Output output) {
    return new CardDraft.Output(
        output.name().map(PlainText::text),
        output.kind(),
        output.classes(),
        output.names().orElse(List.of()).stream().map(PlainText::text).toList());
  }

  private Optional<Path> model(YamlNode node) {
    if (!(node instanceof YamlScalar scalar) || scalar.value() == null) {
      return Optional.empty();
    }
    String text = scalar.text();
    try {
      Path model = folder.resolve(text).normalize();
      if (!model.startsWith(folder)) {
        wrong("file", "'file' must be in the card's folder, not at " + text);
      } else if (!Files.isRegularFile(model)) {
        wrong("file", "'file': there is no " + text, notThere(model));
      }
      return Optional.of(model);
    } catch (InvalidPathException e) {
      wrong("file", "'file' must be a path, not '" + text + "'");
      return Optional.empty();
    }
  }

  /** Names the model file that is there instead, if there is one. */
  private String notThere(Path model) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.onnx")) {
      for (Path file : files) {
        return "the folder holds " + file.getFileName();
      }
    } catch (IOException | DirectoryIteratorException e) {
      // A hint is all that is lost.
      return "looked for " + model;
    }
    return "looked for " + model;
  }

  private void check(CardDraft.Input input) {
    perChannel("mean", input.mean(), input.channels());
    perChannel("std", input.std(), input.channels());
    if (input.std().stream().anyMatch(value -> !(value > 0))) {
      wrong("input.std", "'std' must be positive, not " + input.std());
    }
    if (input.order().equals(Optional.of(Order.BGR))
        && input.channels().filter(channels -> channels != COLOURS).isPresent()) {
      wrong(
          "input.order", "order bgr needs " + COLOURS + " channels, not " + input.channels().get());
    }
  }

  private void perChannel(String key, List<Float> values, Optional<Integer> channels) {
    if (!values.isEmpty() && channels.filter(count -> count != values.size()).isPresent()) {
      wrong(
          "input." + key,
          "'"
              + key
              + "' must hold one number per channel ("
              + channels.get()
              + "), not "
              + values.size());
    }
  }

  private void check(CardDraft.Output output) {
    int names = output.classNames().size();
    if (names == 1) {
      wrong(
          "output.names",
          "a classifier has at least 2 classes",
          "a model that returns one number per image tells two classes apart: write classes: 2");
    }
    if (names > 0 && output.classes().filter(classes -> classes != names).isPresent()) {
      wrong(
          "output.names",
          "there are " + names + " names for " + output.classes().get() + " classes");
    }
  }

  private void check(Task task, CardDraft.Output output) {
    boolean images = task == Task.IMAGE_TO_IMAGE;
    if (output.kind().isPresent() && (output.kind().get() == OutputKind.IMAGE) != images) {
      wrong(
          "output.kind",
          "the kind "
              + CardSyntax.word(output.kind().get())
              + " does not fit the task "
              + CardSyntax.word(task),
          "a classifier returns logits, probabilities or scores, other models an image");
    }
  }

  private void check(Map<String, Object> training) {
    RecordedAccuracy.of(training)
        .filter(recorded -> !recorded.isShare())
        .ifPresent(
            recorded ->
                wrong(
                    "training." + recorded.key(),
                    "'test_accuracy' must be a number from 0 to 1, not " + recorded.value(),
                    recorded.hint()));
  }

  private void wrong(String path, String message, String... notes) {
    Place place = new YamlPath(path).nearest(root).place();
    diagnostics.add(place, message, notes);
  }
}
