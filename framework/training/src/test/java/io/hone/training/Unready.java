package io.hone.training;

import io.hone.api.ModelBackend;
import io.hone.api.Named;
import io.hone.api.model.Classifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;
import java.nio.file.Path;
import java.util.Optional;

/** A backend whose native library cannot be loaded. */
@Named(id = "unready", summary = "Never starts.")
public final class Unready implements ModelBackend<Unready.Params> {
  /** Nothing to choose. */
  public record Params() {}

  /** Creates the component. */
  public Unready() {}

  @Override
  public void prepare(Params parameters) {
    throw new UnsatisfiedLinkError("no native library here");
  }

  @Override
  public boolean accepts(ModelCard card) {
    return false;
  }

  @Override
  public Optional<ModelCard> describe(Path file) {
    return Optional.empty();
  }

  @Override
  public Classifier openClassifier(Params parameters, ModelCard card, Run run) {
    throw new IllegalStateException("accepts no card");
  }

  @Override
  public ImageTransformer openImageTransformer(Params parameters, ModelCard card, Run run) {
    throw new IllegalStateException("accepts no card");
  }

  @Override
  public String device(Params parameters, Run run) {
    return "none";
  }
}
