package io.hone.testkit;

import io.hone.api.train.ComponentUse;
import io.hone.api.train.TrainingChoices;
import io.hone.api.train.TrainingOption;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The choices that a trainer is offered for each of its options, beside those of its test. */
record OfferedChoices(TrainingChoices usual) {
  private static final String UNKNOWN_ENGINE = "engine-of-nobody";

  /** Returns the options that choices make use of. */
  static Set<TrainingOption> optionsOf(TrainingChoices choices) {
    Set<TrainingOption> options = EnumSet.noneOf(TrainingOption.class);
    choices.engine().ifPresent(engine -> options.add(TrainingOption.ENGINE));
    choices.shards().ifPresent(shards -> options.add(TrainingOption.SHARDS));
    choices.model().ifPresent(model -> options.add(TrainingOption.MODEL));
    choices.attack().ifPresent(attack -> options.add(TrainingOption.ATTACK));
    return options;
  }

  /** Returns the choice of one shard, which every engine takes. */
  TrainingChoices ofOneShard() {
    return new TrainingChoices(usual.engine(), OptionalInt.of(1), usual.model(), usual.attack());
  }

  /** Returns the choice of an attack that follows gradients. */
  TrainingChoices withAttack() {
    ComponentUse attack = ComponentUse.attack("fgsm", Map.of("epsilon", 0.125));
    return new TrainingChoices(usual.engine(), usual.shards(), usual.model(), Optional.of(attack));
  }

  /** Returns the choice of an engine that is installed nowhere. */
  TrainingChoices ofUnknownEngine() {
    return new TrainingChoices(
        Optional.of(UNKNOWN_ENGINE), usual.shards(), usual.model(), usual.attack());
  }
}
