package io.hone.training;

import io.hone.api.Attack;
import io.hone.api.BadInputException;
import io.hone.api.Improver;
import io.hone.api.data.ImageShape;
import io.hone.api.train.ComponentUse;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.host.component.PixelLimits;
import io.hone.scenario.ScenarioPlaces;
import io.hone.scenario.binding.ComponentParameters;
import io.hone.scenario.diagnostics.Diagnostic;
import io.hone.scenario.diagnostics.ScenarioException;
import io.hone.scenario.diagnostics.Spelling;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the components that a recipe names and gives them their parameters. */
final class RecipeComponents {
  private static final String CHOSEN = "train.attack";

  private final TrainingRecipe recipe;
  private final ComponentRegistry registry;
  private final ScenarioPlaces places;
  private final Optional<BoundComponent<Attack<Record>>> chosen;

  /**
   * Creates the search.
   *
   * @param places of the training scenario, which names the trainer at {@code train}
   * @param chosen the attack that the scenario names itself
   */
  RecipeComponents(
      TrainingRecipe recipe,
      ComponentRegistry registry,
      ScenarioPlaces places,
      Optional<BoundComponent<Attack<Record>>> chosen) {
    this.recipe = recipe;
    this.registry = registry;
    this.places = places;
    this.chosen = chosen;
  }

  /**
   * Returns an attack that the recipe names.
   *
   * @throws BadInputException if no plugin brings it, or a parameter is wrong
   */
  BoundComponent<Attack<Record>> attack(ComponentUse use) {
    return chosen
        .filter(attack -> isChosen(use) && attack.effective().equals(use.parameters()))
        .orElseGet(() -> bound(ComponentKind.ATTACK, use));
  }

  /** Returns whether a component is the attack of the scenario, maybe with other parameters. */
  private boolean isChosen(ComponentUse use) {
    return use.kind() == ComponentUse.Kind.ATTACK
        && chosen.filter(attack -> attack.descriptor().id().equals(use.id())).isPresent();
  }

  /** Returns where the scenario names an attack: alone, or by its trainer. */
  String place(ComponentUse attack) {
    return isChosen(attack) ? CHOSEN : TrainerPlaces.TRAIN;
  }

  /**
   * Refuses a recipe that leaves out the attack of the scenario.
   *
   * @throws io.hone.engine.failure.ComponentFailureException naming the trainer
   */
  void expectChosen() {
    if (chosen.isPresent() && recipe.batchAttacks().stream().noneMatch(this::isChosen)) {
      throw recipe.defect(
          "takes the attack "
              + chosen.get().descriptor().id()
              + " of the scenario, but its recipe does not name it for batches");
    }
  }

  /** Returns an improver that the recipe names, as {@link #attack} does. */
  BoundComponent<Improver<Record>> improver(ComponentUse use) {
    return bound(ComponentKind.IMPROVER, use);
  }

  private <C> BoundComponent<C> bound(ComponentKind kind, ComponentUse use) {
    InstalledComponent<C> installed =
        registry.<C>find(kind, use.id()).orElseThrow(() -> missing(kind, use.id()));
    try {
      return new ComponentParameters(registry).bind(installed, use.parameters());
    } catch (ScenarioException wrong) {
      String problems =
          wrong.diagnostics().stream().map(Diagnostic::message).collect(Collectors.joining("; "));
      throw unfit(installed.descriptor(), problems);
    }
  }

  /**
   * Refuses a size that no image of a shape can have.
   *
   * @throws BadInputException naming the size
   */
  void refuseSizes(ComponentUse use, BoundComponent<?> component, ImageShape shape) {
    List<PixelLimits.Excess> exceeded =
        PixelLimits.exceeded(component.descriptor(), component.effective(), Optional.of(shape));
    if (exceeded.isEmpty()) {
      return;
    }
    if (isChosen(use)) {
      PixelLimits.Excess excess = exceeded.get(0);
      throw places.error(CHOSEN + ".with." + String.join(".", excess.path()), excess.problem());
    }
    throw unfit(component.descriptor(), exceeded.get(0).problem());
  }

  private BadInputException unfit(ComponentDescriptor component, String problems) {
    return places.error(
        TrainerPlaces.TRAIN,
        "%s gives the %s %s parameters that do not fit: %s"
            .formatted(recipe.owner(), component.kind().word(), component.id(), problems),
        "give the trainer other parameters, or ask its author");
  }

  private BadInputException missing(ComponentKind kind, String id) {
    List<String> known = registry.descriptors(kind).stream().map(ComponentDescriptor::id).toList();
    return places.error(
        TrainerPlaces.TRAIN,
        "%s needs the %s %s, which no plugin brings%s"
            .formatted(recipe.owner(), kind.word(), id, Spelling.didYouMean(id, known)),
        "install the plugin that brings it, or give the trainer parameters that need none");
  }
}
