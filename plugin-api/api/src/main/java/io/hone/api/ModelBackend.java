package io.hone.api;

import io.hone.api.data.Tensor;
import io.hone.api.model.CardDraft;
import io.hone.api.model.Classifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;
import io.hone.api.stability.Stability;
import java.nio.file.Path;
import java.util.Optional;

/** Runs models of one file format. */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public interface ModelBackend<P extends Record> extends Component<P> {
  /** Returns whether this backend can run the card's model file. */
  boolean accepts(ModelCard card);

  /**
   * Returns the card of a bare model file, as far as the file tells.
   *
   * @return empty if the file is not of this backend's format
   * @throws io.hone.api.BadInputException if it is, but does not tell enough; the message asks for
   *     everything that is missing
   */
  Optional<ModelCard> describe(Path file);

  /**
   * Fills the gaps of a card from its model file; what the draft says counts for more than what the
   * file tells. Where only layout, order of channels and pixel range are open, nothing needs to be
   * read: they have defaults.
   *
   * @return empty if the file is not of this backend's format
   * @throws io.hone.api.BadInputException if it is, but does not tell enough; the message asks for
   *     everything that is missing
   */
  default Optional<CompletedCard> complete(CardDraft draft) {
    return draft
        .withDefaults()
        .filter(this::accepts)
        .or(() -> describe(draft.file()).map(draft::over))
        .map(CompletedCard::told);
  }

  /**
   * Loads what every model needs, such as a native library. A training calls this before its first
   * example, because it opens its model only after the last epoch.
   *
   * @throws io.hone.api.BadInputException for what cannot work
   */
  default void prepare(P parameters) {}

  /**
   * Opens a classifier; it is differentiable (see {@code DifferentiableClassifier}) where the model
   * allows it.
   *
   * <p>Work is spread over threads by the caller: each call uses one thread.
   */
  Classifier openClassifier(P parameters, ModelCard card, Run run);

  /**
   * Opens a classifier that is about to work on the given images.
   *
   * <p>A backend that rewrites models, or guesses what their outputs mean, overrides this method:
   * it makes sure on these images that the opened classifier answers as the file itself does.
   *
   * @param samples a few images {@code [n, C, H, W]} in [0, 1] of the data set; the model may turn
   *     out not to accept their shape, which the caller tells the user
   * @throws io.hone.api.BadInputException if the classifier answers otherwise than the file, or the
   *     images show that the card is wrong
   */
  default Classifier openClassifier(P parameters, ModelCard card, Tensor samples, Run run) {
    return openClassifier(parameters, card, run);
  }

  /** Opens an image-to-image model. */
  ImageTransformer openImageTransformer(P parameters, ModelCard card, Run run);

  /** Returns the device that the parameters lead to, such as {@code cpu} or {@code cuda:0}. */
  String device(P parameters, Run run);
}
