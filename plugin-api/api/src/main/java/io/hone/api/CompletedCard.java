package io.hone.api;

import io.hone.api.model.ModelCard;
import io.hone.api.run.TrustFlag;
import io.hone.api.stability.Stability;
import java.util.List;

/**
 * A card whose gaps were filled from the model's file.
 *
 * @param card what was known and what the file tells
 * @param shapeTold whether card, file or hint tell the shape of the images; if not, the card holds
 *     the file's own axes instead, such as 784 channels of one pixel
 * @param notices what was assumed and is most likely right, a sentence or two each; runs tell them
 * @param doubts what was assumed and may well be wrong; runs flag their figures with it
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record CompletedCard(
    ModelCard card, boolean shapeTold, List<String> notices, List<TrustFlag> doubts) {
  /** Copies the lists. */
  public CompletedCard {
    notices = List.copyOf(notices);
    doubts = List.copyOf(doubts);
  }

  /** Returns a card of which nothing was assumed. */
  public static CompletedCard told(ModelCard card) {
    return new CompletedCard(card, true, List.of(), List.of());
  }
}
