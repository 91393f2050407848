package io.hone.training;

import io.hone.api.CompletedCard;
import io.hone.api.ModelBackend;
import io.hone.api.Named;
import io.hone.api.model.CardDraft;
import io.hone.api.model.Classifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Input;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.Output;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.ModelCard.Range;
import io.hone.api.model.Task;
import io.hone.api.run.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows files {@code *.flat}, which hold a row of numbers for an image of any shape. */
@Named(id = "flat-models", summary = "Describes models of flat images.")
public final class FlatModels implements ModelBackend<FlatModels.Params> {
  /** Nothing to choose. */
  public record Params() {}

  /** Creates the component. */
  public FlatModels() {}

  @Override
  public boolean accepts(ModelCard card) {
    return false;
  }

  @Override
  public Optional<ModelCard> describe(Path file) {
    return Optional.empty();
  }

  @Override
  public Optional<CompletedCard> complete(CardDraft draft) {
    if (!draft.file().toString().endsWith(".flat")) {
      return Optional.empty();
    }
    ModelCard card =
        new ModelCard(
            draft.name(),
            draft.file(),
            "0",
            Task.CLASSIFIER,
            new Input(
                Optional.empty(),
                Layout.NCHW,
                draft.images().map(shape -> shape.channels()).orElse(12),
                Optional.of(draft.images().map(shape -> shape.height()).orElse(1)),
                Optional.of(draft.images().map(shape -> shape.width()).orElse(1)),
                Range.UNIT,
                List.of(),
                List.of()),
            new Output(Optional.empty(), OutputKind.LOGITS, 3, List.of()),
            Map.of());
    return Optional.of(new CompletedCard(card, draft.images().isPresent(), List.of(), List.of()));
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
