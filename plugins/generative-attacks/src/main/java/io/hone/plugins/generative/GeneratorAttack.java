package io.hone.plugins.generative;

import io.hone.api.Attack;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;

/** One pass through a generator; the model under attack is asked nothing. */
abstract class GeneratorAttack implements Attack<GeneratorParameters> {
  private final GeneratorKind kind;

  GeneratorAttack(GeneratorKind kind) {
    this.kind = kind;
  }

  @Override
  public final Access access(GeneratorParameters parameters) {
    return Access.LABELS;
  }

  @Override
  public final void prepare(GeneratorParameters parameters, Setting setting, Run run) {
    new Generator(kind, parameters.model()).prepare(setting, run);
  }

  @Override
  public final void attack(
      GeneratorParameters parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    new Generator(kind, parameters.model()).attack(clean, adversarial, run);
  }
}
