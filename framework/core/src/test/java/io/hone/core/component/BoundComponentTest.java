package io.hone.core.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.attack.Access;
import io.hone.api.attack.Attack;
import io.hone.api.attack.AttackProfile;
import io.hone.api.attack.Victim;
import io.hone.api.component.Named;
import io.hone.api.data.Batch;
import io.hone.api.geometry.Norm;
import io.hone.api.run.Run;
import io.hone.api.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundComponentTest {
  @Test
  void theNormIsTheParameterOrTheOnlyOneOfTheProfile() {
    assertThat(bound(new OneNorm(), Map.of()).norm()).contains("l2");
    assertThat(bound(new SeveralNorms(), Map.of("norm", "l1")).norm()).contains("l1");
    assertThat(bound(new SeveralNorms(), Map.of("epsilon", 0.1)).norm()).isEmpty();
    assertThat(bound(new NoProfile(), Map.of()).norm()).isEmpty();
  }

  private static BoundComponent<Attack<Nothing>> bound(
      Attack<Nothing> attack, Map<String, Object> effective) {
    ComponentDescriptor descriptor =
        ComponentDescriptors.read(attack.getClass(), ComponentKind.ATTACK, "a test");
    return new BoundComponent<>(descriptor, attack, new Nothing(), effective);
  }

  record Nothing() {}

  private abstract static class Idle {
    public Access access(Nothing parameters) {
      return Access.LABELS;
    }

    public void attack(
        Nothing parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {}
  }

  @Named(id = "one-norm", summary = "Works in one norm only.")
  @AttackProfile(norms = Norm.L2, formula = "x' = x", cost = "nothing")
  public static final class OneNorm extends Idle implements Attack<Nothing> {}

  @Named(id = "several-norms", summary = "Works in several norms.")
  @AttackProfile(
      norms = {Norm.L1, Norm.L2},
      formula = "x' = x",
      cost = "nothing")
  public static final class SeveralNorms extends Idle implements Attack<Nothing> {}

  @Named(id = "no-profile", summary = "Says nothing of norms.")
  public static final class NoProfile extends Idle implements Attack<Nothing> {}
}
