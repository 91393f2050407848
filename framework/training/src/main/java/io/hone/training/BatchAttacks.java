package io.hone.training;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.BadInputException;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.run.RunCancelledException;
import io.hone.api.run.Setting;
import io.hone.api.train.BatchTransform;
import io.hone.api.train.ComponentUse;
import io.hone.api.victim.Access;
import io.hone.engine.context.RunServices;
import io.hone.engine.context.RunServices.StepRun;
import io.hone.engine.failure.ComponentFailureException;
import io.hone.engine.step.CountingVictim;
import io.hone.engine.step.Judge;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.plugin.PluginErrorException;
import io.hone.host.plugin.ThrowableText;
import io.hone.scenario.ScenarioPlaces;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** Runs the attacks that a recipe names on batches, against whatever network the trainer gives. */
final class BatchAttacks implements BatchTransform {
  private static final String STREAM = "batch";

  private final TrainingRecipe recipe;
  private final RunServices services;
  private final Map<ComponentUse, BatchAttack> attacks;

  /**
   * An attack with its parameters.
   *
   * @param stream keys its random numbers, together with the epoch
   */
  private record BatchAttack(BoundComponent<Attack<Record>> bound, String stream) {
    Access access() {
      return bound.instance().access(bound.parameters());
    }

    String name() {
      return "attack " + bound.descriptor().id();
    }
  }

  private BatchAttacks(
      TrainingRecipe recipe, RunServices services, Map<ComponentUse, BatchAttack> attacks) {
    this.recipe = recipe;
    this.services = services;
    this.attacks = attacks;
  }

  /**
   * Finds and prepares the attacks of a recipe.
   *
   * @param shape of the images
   * @param classes of the data; 0 if none are known
   * @throws BadInputException if an attack is missing, or cannot work on such images
   */
  static BatchAttacks prepare(
      TrainingRecipe recipe,
      RecipeComponents components,
      ScenarioPlaces places,
      RunServices services,
      ImageShape shape,
      int classes) {
    components.expectChosen();
    Map<ComponentUse, BatchAttack> attacks = new LinkedHashMap<>();
    for (ComponentUse use : recipe.batchAttacks()) {
      if (use.kind() != ComponentUse.Kind.ATTACK) {
        throw recipe.defect("names " + use.id() + " for batches, which is no attack");
      }
      BoundComponent<Attack<Record>> bound = components.attack(use);
      components.refuseSizes(use, bound, shape);
      BatchAttack attack = new BatchAttack(bound, STREAM + "." + (attacks.size() + 1));
      places.checking(
          components.place(use),
          () -> {
            refuseTargeted(bound.descriptor());
            // How many examples there will be is not known yet.
            Setting setting = new Setting(shape, classes, 0, false);
            StepRun run = services.forStep(attack.stream(), attack.stream());
            bound.instance().prepare(bound.parameters(), setting, run);
          });
      attacks.putIfAbsent(use, attack);
    }
    return new BatchAttacks(recipe, services, attacks);
  }

  private static void refuseTargeted(ComponentDescriptor attack) {
    boolean fits =
        attack
            .profile()
            .map(profile -> Arrays.asList(profile.goals()).contains(AttackProfile.Goal.UNTARGETED))
            .orElse(true);
    if (!fits) {
      throw new BadInputException(
          "attack %s needs a target for each image, which a training does not give; name another attack"
              .formatted(attack.id()));
    }
  }

  @Override
  public RandomGenerator random(int epoch, long example) {
    return services.forTask(STREAM + ".0." + epoch).random(example);
  }

  @Override
  public Tensor attacked(ComponentUse use, int epoch, ImageBatch images) {
    NoNetwork none = new NoNetwork(recipe, use);
    if (attack(use).access() != Access.LABELS) {
      throw none.asked();
    }
    return attacked(use, epoch, images, new int[images.size()], none);
  }

  @Override
  public Tensor attacked(
      ComponentUse use, int epoch, ImageBatch images, int[] labels, Classifier network) {
    services.cancellation().check();
    BatchAttack attack = attack(use);
    int[] targets = new int[images.size()];
    Arrays.fill(targets, Batch.NO_TARGET);
    Batch batch = new Batch(images, labels, targets);
    CountingVictim victim = victim(attack, batch, network);
    Tensor attacked = images.pixels().copy();
    if (images.size() > 0) {
      run(attack, epoch, batch, victim, attacked);
    }
    return attacked;
  }

  private BatchAttack attack(ComponentUse use) {
    return Optional.ofNullable(attacks.get(use))
        .orElseThrow(
            () ->
                recipe.defect(
                    "asks for the attack "
                        + use.id()
                        + " with "
                        + use.parameters()
                        + ", which its recipe does not name for batches"));
  }

  private CountingVictim victim(BatchAttack attack, Batch batch, Classifier network) {
    Access needed = attack.access();
    Access offered = CountingVictim.offered(network);
    if (!offered.covers(needed)) {
      throw recipe.defect(
          "lets the attack %s work on a network that offers %s, but it needs %s"
              .formatted(attack.bound().descriptor().id(), word(offered), word(needed)));
    }
    return new CountingVictim(
        network, needed, attack.name(), batch, OptionalLong.empty(), services.cancellation());
  }

  private static String word(Access access) {
    return access.name().toLowerCase(Locale.ROOT);
  }

  private void run(
      BatchAttack attack, int epoch, Batch batch, CountingVictim victim, Tensor attacked) {
    StepRun run = services.forStep(attack.stream() + "." + epoch, attack.stream());
    try {
      attack.bound().instance().attack(attack.bound().parameters(), victim, batch, attacked, run);
    } catch (RunCancelledException
        | BadInputException
        | ComponentFailureException
        | PluginErrorException told) {
      throw told;
    } catch (RuntimeException e) {
      throw new ComponentFailureException(
          "%s of %s failed in epoch %d: %s"
              .formatted(attack.name(), recipe.owner(), epoch + 1, ThrowableText.of(e)),
          e);
    }
    // A row that the attack spoils would spoil all weights.
    Judge.checkRange(attack.name(), "example", batch, attacked);
  }
}
