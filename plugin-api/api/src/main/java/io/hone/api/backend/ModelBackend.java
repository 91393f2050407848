package io.hone.api.backend;

import io.hone.api.component.Component;
import io.hone.api.model.Classifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;
import java.nio.file.Path;
import java.util.Optional;

/** Runs models of one file format. */
public interface ModelBackend<P extends Record> extends Component<P> {
  /** Returns whether this backend can run the card's model file. */
  boolean accepts(ModelCard card);

  /**
   * Returns the card of a bare model file, as far as the file tells.
   *
   * @return empty if the file is not of this backend's format
   * @throws io.hone.api.component.BadInputException if it is, but does not tell enough; the message
   *     asks for everything that is missing
   */
  Optional<ModelCard> describe(Path file);

  /**
   * Opens a classifier; it is differentiable (see {@code DifferentiableClassifier}) where the model
   * allows it.
   *
   * <p>Work is spread over threads by the caller: each call uses one thread.
   */
  Classifier openClassifier(P parameters, ModelCard card, Run run);

  /** Opens an image-to-image model. */
  ImageTransformer openImageTransformer(P parameters, ModelCard card, Run run);

  /** Returns the device that the parameters lead to, such as {@code cpu} or {@code cuda:0}. */
  String device(P parameters, Run run);
}
