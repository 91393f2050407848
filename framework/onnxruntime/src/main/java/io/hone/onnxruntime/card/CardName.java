package io.hone.onnxruntime.card;

import io.hone.api.model.ModelCard;
import java.nio.file.Files;

/**
 * What messages call a card: a file that a user can correct, or what Hone read off a bare model.
 */
public final class CardName {
  private static final String FILE = "model.yaml";

  private CardName() {}

  /** Returns what messages call a card, as it follows a verb. */
  public static String of(ModelCard card) {
    return isWritten(card)
        ? "its card '" + card.name() + "' (" + FILE + ")"
        : "what the bare file tells of itself ('" + card.name() + "')";
  }

  /** Returns what a user can do about something that differs from a card. */
  public static String correction(ModelCard card) {
    return isWritten(card) ? "correct the card" : "write a " + FILE + " beside it that says so";
  }

  private static boolean isWritten(ModelCard card) {
    return Files.isRegularFile(card.file().resolveSibling(FILE));
  }
}
