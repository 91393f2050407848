package io.hone.engine.model;

import static java.util.stream.Collectors.joining;

import io.hone.api.BadInputException;
import io.hone.api.CompletedCard;
import io.hone.api.ModelBackend;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Sha256;
import io.hone.api.data.Tensor;
import io.hone.api.model.CardDraft;
import io.hone.api.model.Classifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelReference;
import io.hone.api.model.Task;
import io.hone.api.run.Run;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.scenario.binding.ComponentParameters;
import io.hone.scenario.card.ModelCards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * Opens models by their cards, each once, on the backend that was chosen or the first that accepts
 * it.
 *
 * <p>Closing the library closes every model it opened; nothing may run on them any more.
 */
public final class ModelLibrary implements AutoCloseable {
  private final ComponentRegistry registry;
  private final Map<Path, CompletedCard> cards = new HashMap<>();
  private final Map<String, AutoCloseable> open = new HashMap<>();
  private final Deque<AutoCloseable> closing = new ArrayDeque<>();
  private Optional<ImageShape> images = Optional.empty();

  /** The keys of the classifiers that were opened with images of their data set. */
  private final Set<String> seen = new HashSet<>();

  /** Creates a library over the installed backends. */
  public ModelLibrary(ComponentRegistry registry) {
    this.registry = registry;
  }

  /** Returns the installed components. */
  public ComponentRegistry registry() {
    return registry;
  }

  /**
   * Returns what is known of a model without its file: its card with the gaps that it has, or the
   * empty draft of a bare model file.
   *
   * @throws BadInputException if there is a folder without a card, or with one that is wrong
   */
  public CardDraft draft(ModelReference reference) {
    return Files.isDirectory(reference.path())
        ? ModelCards.draft(reference.path())
        : CardDraft.of(reference.path());
  }

  /**
   * Returns the card of a model: the one in its folder, its gaps filled from the model file, or
   * what a bare model file tells.
   *
   * @throws BadInputException if neither tells enough
   */
  public ModelCard card(ModelReference reference) {
    return completed(reference).card();
  }

  /** Returns the card of a model as {@link #card} does, with what was assumed for it. */
  public synchronized CompletedCard completed(ModelReference reference) {
    return cards.computeIfAbsent(
        reference.path(),
        path ->
            ModelMemory.within(
                path,
                () -> {
                  CardDraft draft = draft(reference);
                  return completed(images.map(draft::forImages).orElse(draft));
                }));
  }

  /**
   * Takes the images of every model whose file does not tell their shape for images of this shape,
   * from now on.
   */
  public synchronized void workOn(ImageShape shape) {
    images = Optional.of(shape);
    cards.values().removeIf(known -> !known.shapeTold());
  }

  /** Returns a text that changes with the content of every model that was asked for so far. */
  public synchronized String fingerprint() {
    return cards.values().stream()
        .map(completed -> completed.card().sha256())
        .sorted()
        .collect(joining(" "));
  }

  /**
   * Fills the gaps of a card from its model file.
   *
   * @throws BadInputException if card and file do not tell enough
   */
  public CompletedCard completed(CardDraft draft) {
    Optional<CompletedCard> known =
        draft.isComplete() ? withDefaults(draft) : filled(draft).or(() -> withDefaults(draft));
    return known
        .map(ModelLibrary::withSha256)
        .orElseThrow(
            () ->
                new BadInputException(
                    draft.file()
                        + ": no installed backend knows this file; give a folder with a "
                        + ModelCards.FILE_NAME
                        + ", or an .onnx file"));
  }

  private static Optional<CompletedCard> withDefaults(CardDraft draft) {
    return draft.withDefaults().map(CompletedCard::told);
  }

  private Optional<CompletedCard> filled(CardDraft draft) {
    return backends().stream()
        .map(backend -> backend.instance().complete(draft))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static CompletedCard withSha256(CompletedCard completed) {
    ModelCard card = completed.card();
    if (!card.sha256().isEmpty()) {
      return completed;
    }
    try {
      return new CompletedCard(
          new ModelCard(
              card.name(),
              card.file(),
              Sha256.of(card.file()),
              card.task(),
              card.input(),
              card.output(),
              card.training()),
          completed.shapeTold(),
          completed.notices(),
          completed.doubts());
    } catch (IOException e) {
      throw new BadInputException(card.file() + ": the model file cannot be read", e);
    }
  }

  /** Tells a run what was assumed of a model. */
  private void tell(ModelReference reference, Run run) {
    CompletedCard completed = cards.get(reference.path());
    completed.notices().forEach(run::notice);
    completed.doubts().forEach(run::distrust);
  }

  /** Opens a classifier on the chosen backend, or on the first that accepts its card. */
  public synchronized Classifier openClassifier(
      ModelReference reference, Optional<BoundComponent<ModelBackend<Record>>> choice, Run run) {
    ModelCard card = card(reference);
    tell(reference, run);
    expect(card, Task.CLASSIFIER);
    BoundComponent<ModelBackend<Record>> backend = backend(card, choice);
    return opened(
        Classifier.class,
        key(card, backend),
        () ->
            ModelMemory.within(
                card.file(),
                () -> backend.instance().openClassifier(backend.parameters(), card, run)));
  }

  /**
   * Opens a classifier that is about to work on the given images, as {@link
   * ModelBackend#openClassifier(Record, ModelCard, Tensor, Run)} says.
   *
   * <p>Whoever asks for the same model afterwards gets this one. A model that was opened before
   * without images is opened anew.
   */
  public synchronized Classifier openClassifier(
      ModelReference reference,
      Optional<BoundComponent<ModelBackend<Record>>> choice,
      Tensor samples,
      Run run) {
    ModelCard card = card(reference);
    tell(reference, run);
    expect(card, Task.CLASSIFIER);
    BoundComponent<ModelBackend<Record>> backend = backend(card, choice);
    String key = key(card, backend);
    if (seen.add(key)) {
      open.remove(key);
    }
    try {
      return opened(
          Classifier.class,
          key,
          () ->
              ModelMemory.within(
                  card.file(),
                  () ->
                      backend.instance().openClassifier(backend.parameters(), card, samples, run)));
    } catch (RuntimeException failure) {
      seen.remove(key);
      throw failure;
    }
  }

  /**
   * Opens a model as a card says, on the first backend that accepts the card, and closes it again.
   *
   * @throws BadInputException if the card does not fit the model's file, or the file does not run
   */
  public synchronized void check(ModelCard card, Run run) {
    BoundComponent<ModelBackend<Record>> backend = backend(card, Optional.empty());
    ModelMemory.within(
        card.file(),
        () -> {
          if (card.task() == Task.IMAGE_TO_IMAGE) {
            backend.instance().openImageTransformer(backend.parameters(), card, run).close();
          } else {
            backend.instance().openClassifier(backend.parameters(), card, run).close();
          }
          return card;
        });
  }

  /** Opens an image-to-image model on the first backend that accepts its card. */
  public synchronized ImageTransformer openImageTransformer(ModelReference reference, Run run) {
    ModelCard card = card(reference);
    tell(reference, run);
    expect(card, Task.IMAGE_TO_IMAGE);
    BoundComponent<ModelBackend<Record>> backend = backend(card, Optional.empty());
    return opened(
        ImageTransformer.class,
        key(card, backend),
        () ->
            ModelMemory.within(
                card.file(),
                () -> backend.instance().openImageTransformer(backend.parameters(), card, run)));
  }

  /** Prepares all backends, so that what they lack shows before a model is made for them. */
  public void prepareBackends() {
    for (InstalledComponent<ModelBackend<Record>> installed : backends()) {
      BoundComponent<ModelBackend<Record>> backend = ComponentParameters.bind(installed, "{}");
      backend.instance().prepare(backend.parameters());
    }
  }

  /** Returns the backend that a card would be opened on. */
  public BoundComponent<ModelBackend<Record>> backend(
      ModelCard card, Optional<BoundComponent<ModelBackend<Record>>> choice) {
    if (choice.isPresent()) {
      BoundComponent<ModelBackend<Record>> backend = choice.get();
      if (!backend.instance().accepts(card)) {
        throw new BadInputException(
            "the backend "
                + backend.descriptor().id()
                + " cannot run "
                + card.file()
                + "; leave the backend out, or name a card whose file it can run");
      }
      return backend;
    }
    return backends().stream()
        .filter(backend -> backend.instance().accepts(card))
        .findFirst()
        .map(backend -> ComponentParameters.bind(backend, "{}"))
        .orElseThrow(() -> new BadInputException("no installed backend can run " + card.file()));
  }

  private static void expect(ModelCard card, Task task) {
    if (card.task() != task) {
      throw new BadInputException(
          card.file()
              + ": a model of task "
              + word(task)
              + " is needed, but its card says "
              + word(card.task()));
    }
  }

  private static String word(Task task) {
    return task.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String key(ModelCard card, BoundComponent<ModelBackend<Record>> backend) {
    return card.file() + "\n" + backend.descriptor().id() + "\n" + backend.effective();
  }

  private <T extends AutoCloseable> T opened(Class<T> type, String key, Supplier<T> opener) {
    AutoCloseable model = open.get(key);
    if (model == null) {
      T made = opener.get();
      open.put(key, made);
      closing.push(made);
      return made;
    }
    return type.cast(model);
  }

  @SuppressWarnings("unchecked") // the registry files only backends under this kind
  private List<InstalledComponent<ModelBackend<Record>>> backends() {
    return registry.all(ComponentKind.BACKEND).stream()
        .map(component -> (InstalledComponent<ModelBackend<Record>>) component)
        .toList();
  }

  @Override
  public synchronized void close() {
    while (!closing.isEmpty()) {
      try {
        closing.pop().close();
      } catch (Exception e) {
        LoggerFactory.getLogger(ModelLibrary.class).warn("a model did not close", e);
      }
    }
  }
}
