package io.hone.engine.step.evaluate;

import io.hone.api.metric.Accumulator;
import io.hone.api.metric.StepKind;
import io.hone.api.metric.StepKind.Trait;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;
import io.hone.engine.model.ClassNames;
import io.hone.engine.step.OtherModel;
import io.hone.engine.step.StepContext;
import io.hone.engine.step.StepLabel;
import io.hone.engine.step.StepType;
import io.hone.engine.step.StepWorker;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.Reception;
import io.hone.scenario.Step;
import io.hone.scenario.document.ModelSection;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** Shows what other steps made against the model under test to another model: transfer. */
public final class EvaluateStep implements StepType<EvaluateSection> {
  private static final StepKind KIND = StepKind.of("evaluate", Trait.RECLASSIFIES, Trait.TRANSFERS);

  /** The key of the other model's card, for errors. */
  private static final String CARD = "evaluate.card";

  @Override
  public StepKind kind() {
    return KIND;
  }

  @Override
  public String noun() {
    return "evaluation";
  }

  @Override
  public Class<EvaluateSection> section() {
    return EvaluateSection.class;
  }

  @Override
  public Reception reception() {
    return Reception.ofCleanOrSteps(kind -> !kind.has(Trait.TRANSFERS));
  }

  @Override
  public List<BoundComponent<?>> components(EvaluateSection section) {
    return List.of();
  }

  @Override
  public StepWorker prepare(Step step, EvaluateSection section, StepContext context) {
    ModelSection model = section.evaluate();
    ModelCard card = context.placed(CARD, () -> context.models().card(model.card()));
    Run run = context.part("model " + model.card().path());
    Classifier other =
        context.placed(
            CARD,
            () ->
                context
                    .models()
                    .openClassifier(model.card(), model.backend(), context.firstImages(), run));
    checkShape(other, card, context);
    checkClasses(other, card, context);
    if (!step.received().isEmpty() && card.sha256().equals(context.modelCard().sha256())) {
      run.notice(
          "the examples of step "
              + step.id()
              + " were made against the very file that they are shown to, so they tell nothing of"
              + " transfer: "
              + card.file().getFileName());
    }
    return new EvaluateWorker(
        step,
        other,
        new OtherModel(card, Files.isDirectory(model.card().path()), other.classes(), run),
        context.cancellation());
  }

  private static void checkShape(Classifier other, ModelCard card, StepContext context) {
    if (!other.accepts(context.setting().shape())) {
      throw context.error(
          CARD,
          "the images are "
              + context.setting().shape()
              + ", but the model "
              + card.name()
              + " takes "
              + card.input().sizes(),
          "evaluate on a model that takes these images");
    }
  }

  /** A class must mean the same to both models, or no prediction could be compared. */
  private static void checkClasses(Classifier other, ModelCard card, StepContext context) {
    int classes = context.model().classes();
    if (other.classes() != classes) {
      throw context.error(
          CARD,
          "the model "
              + card.name()
              + " has "
              + other.classes()
              + " classes, but the model under test has "
              + classes,
          "evaluate on a model of the same classes");
    }
    ClassNames.difference(card, context.modelCard())
        .ifPresent(
            difference -> {
              throw context.error(
                  CARD,
                  difference,
                  "evaluate on a model of the same classes in the same order, or correct the card");
            });
  }

  @Override
  public StepLabel label(Step step, EvaluateSection section) {
    return StepLabel.of(section.evaluate().card().path().getFileName().toString());
  }

  @Override
  public String sentence(String use, String of) {
    return use + ", another model, is shown " + of;
  }

  @Override
  public Map<String, Accumulator> measures() {
    return Map.of(TransferRate.ID, new TransferRate());
  }
}
