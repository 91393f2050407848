package io.hone.testkit;

import io.hone.api.attack.Access;
import io.hone.api.attack.Attack;
import io.hone.api.attack.Victim;
import io.hone.api.data.Batch;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.tensor.Tensor;

/**
 * What every {@link Attack} promises, run on tiny images against tiny models, some of them hostile.
 *
 * <p>An attack that knows one kind of goal only, needs images of another shape or models of its own
 * overrides {@link #supports}, {@link #shape} or {@link #run}.
 */
public abstract class AttackContractTest<P extends Record> extends BatchContractTest<P> {
  private final Attack<P> attack;

  /** Creates the test of an attack. */
  protected AttackContractTest(Attack<P> attack) {
    super(attack, Attack.class);
    this.attack = attack;
  }

  @Override
  final Access access(P parameters) {
    return attack.access(parameters);
  }

  @Override
  final void prepare(P parameters, Setting setting, Run run) {
    attack.prepare(parameters, setting, run);
  }

  @Override
  final void apply(P parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    attack.attack(parameters, victim, clean, adversarial, run);
  }

  @Override
  final Tensor received(boolean targeted) {
    return samples().clean(targeted).pixels().copy();
  }
}
