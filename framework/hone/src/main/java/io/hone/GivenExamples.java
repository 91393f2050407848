package io.hone;

import io.hone.api.Attack;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentKind;
import java.util.Map;

/** Emits examples that are there already, so that an improver or a defense can receive them. */
final class GivenExamples implements Attack<GivenImages.None> {
  private final Tensor examples;

  private GivenExamples(Tensor examples) {
    this.examples = examples;
  }

  static BoundComponent<Attack<Record>> of(Tensor examples) {
    @SuppressWarnings({"unchecked", "rawtypes"}) // its parameters are the record beside it
    Attack<Record> attack = (Attack) new GivenExamples(examples);
    return new BoundComponent<>(
        GivenImages.descriptor(
            ComponentKind.ATTACK, "given", "Emits examples that a program holds."),
        attack,
        new GivenImages.None(),
        Map.of());
  }

  @Override
  public Access access(GivenImages.None parameters) {
    return Access.LABELS;
  }

  @Override
  public void attack(
      GivenImages.None parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    for (int row = 0; row < adversarial.rows(); row++) {
      adversarial.copyRow(row, examples, (int) clean.sample(row));
    }
  }
}
