package io.hone;

import io.hone.api.Attack;
import io.hone.api.BadInputException;
import io.hone.api.Defense;
import io.hone.api.Improver;
import io.hone.api.data.Tensor;
import io.hone.api.metric.StepKind.Trait;
import io.hone.api.run.Setting;
import io.hone.engine.ChainRunner;
import io.hone.engine.ChainRunner.ChainImages;
import io.hone.engine.ChainRunner.StepImages;
import io.hone.engine.context.RunServices;
import io.hone.engine.step.SampleResult;
import io.hone.engine.step.attack.AttackSection;
import io.hone.engine.step.attack.AttackStep;
import io.hone.engine.step.defend.DefendSection;
import io.hone.engine.step.defend.DefendStep;
import io.hone.engine.step.improve.ImproveSection;
import io.hone.engine.step.improve.ImproveStep;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.CheckChoice;
import io.hone.scenario.Goal;
import io.hone.scenario.Scenario;
import io.hone.scenario.ScenarioPlaces;
import io.hone.scenario.Selection;
import io.hone.scenario.Step;
import io.hone.scenario.StepContent;
import io.hone.scenario.document.Grid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Runs one step on images that a program holds, as a scenario would. */
final class ArrayChain {
  /** Results do not depend on it. */
  private static final int BATCH = 256;

  private final Hone hone;
  private final Model model;

  ArrayChain(Hone hone, Model model) {
    this.hone = hone;
    this.model = model;
  }

  Examples attack(
      BoundComponent<Attack<Record>> attack, StepSettings settings, Tensor images, int[] labels) {
    Checks.images(images, labels);
    String id = attack.descriptor().id();
    Step step = step(id, List.of(), attacking(id, attack, settings), settings);
    // A copy: what a program does to its images afterwards must not change the result.
    return run(step, settings, Optional.empty(), images.copy(), labels, List.of(step));
  }

  Examples improve(
      BoundComponent<Improver<Record>> improver, StepSettings settings, Examples examples) {
    String id = improver.descriptor().id();
    ImproveSection section = ImproveSection.of(id, improver, queries(settings), grid(settings));
    return after(id, new StepContent<>(new ImproveStep(), section), settings, examples);
  }

  Examples defend(
      BoundComponent<Defense<Record>> defense, StepSettings settings, Examples examples) {
    String id = defense.descriptor().id();
    StepContent<?> content = new StepContent<>(new DefendStep(), DefendSection.of(id, defense));
    return after(id, content, settings, examples);
  }

  private Examples after(
      String id, StepContent<?> content, StepSettings settings, Examples examples) {
    if (!examples.kind().has(Trait.PERTURBS)) {
      throw new BadInputException(
          "what a defense recovered is not received by "
              + id
              + "; give the examples that the defense received");
    }
    StepSettings root = examples.root().settings();
    // Targets that were drawn must be drawn again.
    long seed = root.goal() instanceof Goal.Random ? root.seed() : settings.seed();
    StepSettings combined =
        new StepSettings(
            root.goal(), settings.queries(), seed, settings.grid8bit(), root.allSamples());
    StepSettings asGiven =
        new StepSettings(root.goal(), OptionalLong.empty(), seed, false, root.allSamples());
    Step given =
        step(
            "given",
            List.of(),
            attacking("given", GivenExamples.of(examples.images()), asGiven),
            asGiven);
    Step step = step(id, List.of(given), content, combined);
    return run(
        step,
        combined,
        Optional.of(examples),
        examples.clean(),
        examples.labels(),
        List.of(given, step));
  }

  private static StepContent<?> attacking(
      String id, BoundComponent<Attack<Record>> attack, StepSettings settings) {
    AttackSection.Samples samples =
        settings.allSamples() ? AttackSection.Samples.ALL : AttackSection.Samples.CORRECT;
    return new StepContent<>(
        new AttackStep(), AttackSection.of(id, attack, queries(settings), grid(settings), samples));
  }

  private static Optional<Long> queries(StepSettings settings) {
    return settings.queries().isPresent()
        ? Optional.of(settings.queries().getAsLong())
        : Optional.empty();
  }

  private static Grid grid(StepSettings settings) {
    return settings.grid8bit() ? Grid.EIGHT_BIT : Grid.FLOAT;
  }

  private static Step step(
      String id, List<Step> received, StepContent<?> content, StepSettings settings) {
    return new Step(
        id,
        id,
        Step.CLEAN,
        received,
        Map.of(),
        content,
        settings.goal(),
        Optional.empty(),
        ScenarioPlaces.NONE);
  }

  private Examples run(
      Step last,
      StepSettings settings,
      Optional<Examples> received,
      Tensor clean,
      int[] labels,
      List<Step> steps) {
    return hone.working(
        () -> {
          try (RunServices services =
                  hone.services(settings.seed(), model.library(clean.imageShape()));
              ChainRunner chain =
                  new ChainRunner(scenario(last.id(), settings, clean, labels, steps), services)) {
            Tensor images = Tensor.images(clean.rows(), clean.imageShape());
            List<SampleResult> samples = new ArrayList<>();
            // In the order of the images, whatever the order of work was.
            for (Part part : chain.run(last.id(), Part::of)) {
              images.copyRows(samples.size(), part.last().images(), 0, part.rows());
              samples.addAll(part.last().samples());
            }
            Setting setting =
                new Setting(
                    clean.imageShape(),
                    chain.model().classes(),
                    clean.rows(),
                    settings.goal().targeted());
            return new Examples(
                new Examples.Origin(
                    last.kind(), last.id(), setting, settings, services.trustFlags()),
                received,
                clean,
                labels,
                images,
                samples);
          }
        });
  }

  /** What the last step made of some images. */
  private record Part(int rows, StepImages last) {
    static Part of(ChainImages made) {
      return new Part(made.clean().size(), made.steps().get(made.steps().size() - 1));
    }
  }

  private Scenario scenario(
      String id, StepSettings settings, Tensor clean, int[] labels, List<Step> steps) {
    return new Scenario(
        id,
        settings.seed(),
        GivenImages.of(clean, labels),
        Selection.ALL,
        Scenario.TestedModel.only(
            new Scenario.ModelChoice(model.reference(), Optional.empty()), ScenarioPlaces.NONE),
        BATCH,
        hone.threads(),
        steps,
        List.of(),
        Optional.empty(),
        Scenario.Save.NONE,
        List.of(),
        List.of(),
        CheckChoice.NONE,
        Map.of(),
        ScenarioPlaces.NONE);
  }
}
