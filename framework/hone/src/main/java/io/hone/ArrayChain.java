package io.hone;

import io.hone.api.Attack;
import io.hone.api.BadInputException;
import io.hone.api.Defense;
import io.hone.api.Improver;
import io.hone.api.data.Tensor;
import io.hone.api.metric.StepKind;
import io.hone.api.run.Setting;
import io.hone.engine.ChainRunner;
import io.hone.engine.ChainRunner.ChainImages;
import io.hone.engine.ChainRunner.StepImages;
import io.hone.engine.ChainRunner.StepVerdict;
import io.hone.engine.context.RunServices;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.Goal;
import io.hone.scenario.Scenario;
import io.hone.scenario.ScenarioPlaces;
import io.hone.scenario.Selection;
import io.hone.scenario.Step;
import io.hone.scenario.StepAction;
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
    Step step = step(id, Step.CLEAN, new StepAction.AttackWith(attack), settings);
    // A copy: what a program does to its images afterwards must not change the result.
    return run(
        StepKind.ATTACK, id, settings, Optional.empty(), images.copy(), labels, List.of(step));
  }

  Examples improve(
      BoundComponent<Improver<Record>> improver, StepSettings settings, Examples examples) {
    return after(
        StepKind.IMPROVE,
        improver.descriptor().id(),
        new StepAction.ImproveWith(improver),
        settings,
        examples);
  }

  Examples defend(
      BoundComponent<Defense<Record>> defense, StepSettings settings, Examples examples) {
    return after(
        StepKind.DEFEND,
        defense.descriptor().id(),
        new StepAction.DefendWith(List.of(defense)),
        settings,
        examples);
  }

  private Examples after(
      StepKind kind, String id, StepAction action, StepSettings settings, Examples examples) {
    if (examples.kind() == StepKind.DEFEND) {
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
    Step given =
        step(
            "given",
            Step.CLEAN,
            new StepAction.AttackWith(GivenExamples.of(examples.images())),
            new StepSettings(root.goal(), OptionalLong.empty(), seed, false, root.allSamples()));
    Step step = step(id, given.name(), action, combined);
    return run(
        kind,
        id,
        combined,
        Optional.of(examples),
        examples.clean(),
        examples.labels(),
        List.of(given, step));
  }

  private static Step step(String id, String of, StepAction action, StepSettings settings) {
    return new Step(
        id,
        id,
        of,
        Map.of(),
        action,
        settings.goal(),
        settings.queries(),
        settings.grid8bit(),
        settings.allSamples());
  }

  private Examples run(
      StepKind kind,
      String id,
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
                  new ChainRunner(scenario(id, settings, clean, labels, steps), services)) {
            Tensor images = Tensor.images(clean.rows(), clean.imageShape());
            List<StepVerdict> verdicts = new ArrayList<>();
            // In the order of the images, whatever the order of work was.
            for (Part part : chain.run(id, made -> Part.of(made))) {
              images.copyRows(verdicts.size(), part.last().images(), 0, part.rows());
              verdicts.addAll(part.last().verdicts());
            }
            Setting setting =
                new Setting(
                    clean.imageShape(),
                    chain.model().classes(),
                    clean.rows(),
                    settings.goal().targeted());
            return new Examples(
                new Examples.Origin(kind, id, setting, settings, services.trustFlags()),
                received,
                clean,
                labels,
                images,
                verdicts);
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
        new Scenario.ModelChoice(model.reference(), Optional.empty()),
        BATCH,
        hone.threads(),
        steps,
        List.of(),
        Scenario.Save.NONE,
        List.of(),
        List.of(),
        Map.of(),
        ScenarioPlaces.NONE);
  }
}
