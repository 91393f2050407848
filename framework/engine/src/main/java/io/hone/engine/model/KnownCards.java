package io.hone.engine.model;

import static java.util.stream.Collectors.joining;

import io.hone.api.BadInputException;
import io.hone.api.CompletedCard;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Sha256;
import io.hone.api.model.CardDraft;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelReference;
import io.hone.scenario.card.ModelCards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The cards of the models that were asked for, each read and completed once. */
final class KnownCards {
  private final InstalledBackends backends;
  private final Map<Path, CompletedCard> cards = new HashMap<>();
  private Optional<ImageShape> images = Optional.empty();

  KnownCards(InstalledBackends backends) {
    this.backends = backends;
  }

  /**
   * Returns what is known of a model without its file: its card with the gaps that it has, or the
   * empty draft of a bare model file.
   *
   * @throws BadInputException if there is a folder without a card, or with one that is wrong
   */
  static CardDraft draft(ModelReference reference) {
    return Files.isDirectory(reference.path())
        ? ModelCards.draft(reference.path())
        : CardDraft.of(reference.path());
  }

  /**
   * Returns the card of a model as {@link ModelLibrary#card} does, with what was assumed for it.
   */
  synchronized CompletedCard completed(ModelReference reference) {
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
  synchronized void workOn(ImageShape shape) {
    images = Optional.of(shape);
    cards.values().removeIf(known -> !known.shapeTold());
  }

  /** Returns a text that changes with the content of every model that was asked for so far. */
  synchronized String fingerprint() {
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
  CompletedCard completed(CardDraft draft) {
    Optional<CompletedCard> known =
        draft.isComplete() ? withDefaults(draft) : filled(draft).or(() -> withDefaults(draft));
    return known
        .map(KnownCards::withSha256)
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
    return backends.all().stream()
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
}
