package io.hone.engine.step.defend;

import io.hone.api.Defense;
import io.hone.api.metric.StepKind;
import io.hone.api.metric.StepKind.Trait;
import io.hone.api.model.Classifier;
import io.hone.engine.step.StepContext;
import io.hone.engine.step.StepLabel;
import io.hone.engine.step.StepType;
import io.hone.engine.step.StepWorker;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.Reception;
import io.hone.scenario.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Undoes an attack: puts defenses in front of the model and shows it what the step received. */
public final class DefendStep implements StepType<DefendSection> {
  private static final StepKind KIND = StepKind.of("defend", Trait.RECLASSIFIES, Trait.RECOVERS);

  @Override
  public StepKind kind() {
    return KIND;
  }

  @Override
  public String noun() {
    return "defense";
  }

  @Override
  public Class<DefendSection> section() {
    return DefendSection.class;
  }

  @Override
  public Reception reception() {
    return Reception.ofCleanOrSteps(kind -> !kind.has(Trait.TRANSFERS));
  }

  @Override
  public List<BoundComponent<?>> components(DefendSection section) {
    return List.copyOf(section.defend().values());
  }

  @Override
  public StepWorker prepare(Step step, DefendSection section, StepContext context) {
    List<BoundComponent<Defense<Record>>> defenses = new ArrayList<>(section.defend().values());
    Classifier defended = context.model();
    // The first defense sees an image first, so it is the last to be put before the classifier.
    Collections.reverse(defenses);
    for (BoundComponent<Defense<Record>> defense : defenses) {
      context.checkSizes(defense);
      defense.instance().prepare(defense.parameters(), context.setting(), context.run());
      defended = defense.instance().protect(defense.parameters(), defended, context.run());
      checkShape(defense, defended, context);
    }
    return new DefendWorker(step, ids(section, ", "), defended, context.cancellation());
  }

  private static void checkShape(
      BoundComponent<Defense<Record>> defense, Classifier defended, StepContext context) {
    if (!defended.accepts(context.setting().shape())) {
      throw context.error(
          "",
          "what "
              + defense.descriptor().id()
              + " makes of images of "
              + context.setting().shape()
              + " is nothing that the model behind it takes",
          "let it keep the size of the images, or choose a model that takes any size");
    }
  }

  private static String ids(DefendSection section, String separator) {
    return section.defend().values().stream()
        .map(defense -> defense.descriptor().id())
        .collect(Collectors.joining(separator));
  }

  @Override
  public StepLabel label(Step step, DefendSection section) {
    return StepLabel.of(ids(section, "+"));
  }

  @Override
  public String sentence(String use, String of) {
    return use.replace("+", " + ") + " in front of the model, given " + of;
  }
}
