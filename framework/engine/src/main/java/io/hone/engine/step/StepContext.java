package io.hone.engine.step;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.engine.context.Cancellation;
import io.hone.engine.context.RunServices;
import io.hone.engine.context.RunServices.StepRun;
import io.hone.engine.model.AccessSurvey;
import io.hone.engine.model.ModelLibrary;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.PixelLimits;
import io.hone.scenario.Goal;
import io.hone.scenario.ScenarioPlaces;
import io.hone.scenario.Step;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a step is prepared with: the model under test, the data and the run, and checks that several
 * kinds share.
 */
public final class StepContext {
  private final Step step;
  private final ModelUnderTest model;
  private final Setting setting;
  private final Tensor firstImages;
  private final RunServices services;
  private final ScenarioPlaces places;
  private final StepRun run;

  /**
   * The model under test.
   *
   * @param card what is known of it
   */
  public record ModelUnderTest(Classifier classifier, ModelCard card) {}

  /**
   * Creates a context.
   *
   * @param setting what the step's component may know
   * @param firstImages some of the data set's images
   */
  public StepContext(
      Step step,
      ModelUnderTest model,
      Setting setting,
      Tensor firstImages,
      RunServices services,
      ScenarioPlaces places) {
    this.step = step;
    this.model = model;
    this.setting = setting;
    this.firstImages = firstImages;
    this.services = services;
    this.places = places;
    this.run = services.forStep(step.id(), step.name());
  }

  /** Returns the step. */
  public Step step() {
    return step;
  }

  /** Returns the model under test. */
  public Classifier model() {
    return model.classifier();
  }

  /** Returns what is known of the model under test. */
  public ModelCard modelCard() {
    return model.card();
  }

  /** Returns what the step's component may know. */
  public Setting setting() {
    return setting;
  }

  /** Returns some of the data set's images, on which a model is compared with its file. */
  public Tensor firstImages() {
    return firstImages;
  }

  /** Returns the context of the step's component. */
  public StepRun run() {
    return run;
  }

  /** Returns the context of a part that not all entries use, such as another model. */
  public Run part(String name) {
    return services.forPart(name, step.id(), step.name());
  }

  /** Returns the context of work that steps share, by a name. */
  public Run shared(String task) {
    return services.forTask(task);
  }

  /** Returns the models of the run. */
  public ModelLibrary models() {
    return services.models();
  }

  /** Returns what stops the run. */
  public Cancellation cancellation() {
    return services.cancellation();
  }

  /** Returns an error at a key of the step; at the step itself where the key is empty. */
  public BadInputException error(String key, String message, String... hints) {
    String path = "steps." + step.id() + (key.isEmpty() ? "" : "." + key);
    return places.error(path, message, hints);
  }

  /** Does work whose errors belong to a key of the step. */
  public <T> T placed(String key, Supplier<T> work) {
    return places.placing("steps." + step.id() + "." + key, work);
  }

  /** Makes a check whose errors belong to a key of the step. */
  public void checking(String key, Runnable check) {
    places.checking("steps." + step.id() + "." + key, check);
  }

  /** Refuses a size that no image of this shape can have; reading knew no shape. */
  public void checkSizes(BoundComponent<?> component) {
    ImageShape shape = setting.shape();
    List<PixelLimits.Excess> exceeded =
        PixelLimits.exceeded(component.descriptor(), component.effective(), Optional.of(shape));
    if (!exceeded.isEmpty()) {
      PixelLimits.Excess first = exceeded.get(0);
      throw error(step.kind().name() + ".with." + String.join(".", first.path()), first.problem());
    }
  }

  /** Refuses a component that needs more access than the model offers. */
  public void checkAccess(BoundComponent<?> component, Access needed) {
    Access offered = CountingVictim.offered(model());
    if (!offered.covers(needed)) {
      throw error(
          "",
          component.descriptor().id()
              + " needs "
              + word(needed)
              + ", but the model offers "
              + word(offered)
              + " only"
              + model().gradientObstacle().map(obstacle -> ": " + obstacle).orElse(""),
          suggestion(component.descriptor().kind(), offered));
    }
  }

  private String suggestion(ComponentKind kind, Access offered) {
    List<String> ids = AccessSurvey.within(models().registry(), kind, offered);
    return ids.isEmpty()
        ? "hone model inspect FILE says why"
        : "take one that needs no more than " + word(offered) + ": " + String.join(", ", ids);
  }

  private static String word(Access access) {
    return access.name().toLowerCase(Locale.ROOT);
  }

  /** Refuses a goal that names classes which the model does not have. */
  public void checkGoal() {
    named(step.goal())
        .filter(named -> named < 0 || named >= model().classes())
        .findFirst()
        .ifPresent(
            wanted -> {
              throw error(
                  "goal",
                  "the goal of step "
                      + step.name()
                      + " names class "
                      + wanted
                      + ", but the model has classes 0 to "
                      + (model().classes() - 1));
            });
  }

  private static Stream<Integer> named(Goal goal) {
    if (goal instanceof Goal.Fixed fixed) {
      return Stream.of(fixed.target());
    }
    return goal instanceof Goal.Mapping mapping
        ? mapping.targets().entrySet().stream()
            .flatMap(target -> Stream.of(target.getKey(), target.getValue()))
        : Stream.empty();
  }
}
