package io.hone.testkit;

import io.hone.api.train.ComponentUse;
import io.hone.api.train.TrainingChoices;
import io.hone.api.train.TrainingOption;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The choices that a trainer is offered for each of its options, beside those of its test. */
record OfferedChoices(TrainingChoices usual) {
  private static final String UNKNOWN_ENGINE = "engine-of-nobody";
  private static final String UNKNOWN_DEVICE = "device-of-nobody";

  /** Returns the options that choices make use of. */
  static Set<TrainingOption> optionsOf(TrainingChoices choices) {
    Set<TrainingOption> options = EnumSet.noneOf(TrainingOption.class);
    choices.engine().ifPresent(engine -> options.add(TrainingOption.ENGINE));
    choices.device().ifPresent(device -> options.add(TrainingOption.ENGINE));
    choices.shards().ifPresent(shards -> options.add(TrainingOption.SHARDS));
    choices.model().ifPresent(model -> options.add(TrainingOption.MODEL));
    choices.attack().ifPresent(attack -> options.add(TrainingOption.ATTACK));
    return options;
  }

  /** Returns the choice of one shard, which every engine takes. */
  TrainingChoices ofOneShard() {
    return usual.withShards(1);
  }

  /** Returns the choice of an attack that follows gradients. */
  TrainingChoices withAttack() {
    return usual.withAttack(ComponentUse.attack("fgsm", Map.of("epsilon", 0.125)));
  }

  /** Returns the choice of an engine that is installed nowhere. */
  TrainingChoices ofUnknownEngine() {
    return usual.withEngine(UNKNOWN_ENGINE);
  }

  /** Returns the choice of a device that no engine knows. */
  TrainingChoices onUnknownDevice() {
    return usual.withDevice(UNKNOWN_DEVICE);
  }
}
