package io.hone.plugins.ensembles;

import io.hone.api.AttackUse;
import io.hone.api.BadInputException;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Part;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Victim;

/**
 * One attack of an ensemble.
 *
 * @param name that results show, unique in the ensemble
 * @param attack ready to run
 */
record Stage(String name, AttackUse attack) {
  /** Returns what results tell of the stage. */
  Part part() {
    return new Part(name, attack.id(), attack.parameters());
  }

  /**
   * Prepares the attack.
   *
   * @throws BadInputException naming the stage, for what cannot work
   */
  void prepare(Setting setting, Run run) {
    try {
      attack.prepare(setting, run.within(name));
    } catch (BadInputException unfit) {
      throw new BadInputException("stage " + name + ": " + unfit.getMessage(), unfit);
    }
  }

  /** Attacks a batch from its clean images; what it gives up stays in the context of the stage. */
  Tensor attack(Victim victim, Batch clean, Run run) {
    Tensor images = clean.pixels().copy();
    attack.attack(victim.within(name), clean, images, run.within(name));
    return images;
  }
}
