package io.hone.engine.model;

import io.hone.api.BadInputException;
import io.hone.api.CompletedCard;
import io.hone.api.ModelBackend;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.CardDraft;
import io.hone.api.model.Classifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelReference;
import io.hone.api.model.Task;
import io.hone.api.run.Run;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
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
  private final InstalledBackends backends;
  private final KnownCards cards;
  private final Map<String, AutoCloseable> open = new HashMap<>();
  private final Deque<AutoCloseable> closing = new ArrayDeque<>();

  /** The keys of the classifiers that were opened with images of their data set. */
  private final Set<String> seen = new HashSet<>();

  /** Creates a library over the installed backends. */
  public ModelLibrary(ComponentRegistry registry) {
    this.registry = registry;
    this.backends = new InstalledBackends(registry);
    this.cards = new KnownCards(backends);
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
    return KnownCards.draft(reference);
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
  public CompletedCard completed(ModelReference reference) {
    return cards.completed(reference);
  }

  /**
   * Returns the card of a classifier as {@link #card} does.
   *
   * @param run is told what was assumed of the model
   * @throws BadInputException if the model is no classifier, or card and file do not tell enough
   */
  public ModelCard classifierCard(ModelReference reference, Run run) {
    ModelCard card = card(reference);
    tell(reference, run);
    expect(card, Task.CLASSIFIER);
    return card;
  }

  /**
   * Takes the images of every model whose file does not tell their shape for images of this shape,
   * from now on.
   */
  public void workOn(ImageShape shape) {
    cards.workOn(shape);
  }

  /** Returns a text that changes with the content of every model that was asked for so far. */
  public String fingerprint() {
    return cards.fingerprint();
  }

  /**
   * Fills the gaps of a card from its model file.
   *
   * @throws BadInputException if card and file do not tell enough
   */
  public CompletedCard completed(CardDraft draft) {
    return cards.completed(draft);
  }

  /** Tells a run what was assumed of a model. */
  private void tell(ModelReference reference, Run run) {
    CompletedCard completed = cards.completed(reference);
    completed.notices().forEach(run::notice);
    completed.doubts().forEach(run::distrust);
  }

  /** Opens a classifier on the chosen backend, or on the first that accepts its card. */
  public synchronized Classifier openClassifier(
      ModelReference reference, Optional<BoundComponent<ModelBackend<Record>>> choice, Run run) {
    ModelCard card = classifierCard(reference, run);
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
    ModelCard card = classifierCard(reference, run);
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
    backends.prepare();
  }

  /** Returns the backend that a card would be opened on. */
  public BoundComponent<ModelBackend<Record>> backend(
      ModelCard card, Optional<BoundComponent<ModelBackend<Record>>> choice) {
    return backends.choose(card, choice);
  }

  private static void expect(ModelCard card, Task task) {
    if (card.task() != task) {
      throw new BadInputException(
          card.file()
              + ": a model of task "
              + word(task)
              + " is needed, but its card says "
              + word(card.task())
              + "; name another model, or correct 'task' on the card");
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
