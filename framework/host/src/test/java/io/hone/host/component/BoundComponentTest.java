package io.hone.host.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.geometry.NormChoice;
import io.hone.api.run.Run;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundComponentTest {
  @Test
  void theNormIsTheParameterOrTheOnlyOneOfTheProfile() {
    assertThat(bound(new OneNorm(), Map.of()).norm()).contains("l2");
    assertThat(bound(new SeveralNorms(), Map.of("norm", "l1")).norm()).isEmpty();
    assertThat(bound(new NoProfile(), Map.of()).norm()).isEmpty();
    assertThat(bound(new AnyNorm(), Map.of("measured-in", "l1")).norm()).contains("l1");
    assertThat(bound(new AnyNorm(), Map.of("measured-in", "linf")).norm()).contains("linf");
    assertThat(bound(new SomeNorm(), Map.of("size", "euclidean")).norm()).contains("l2");
  }

  private static <P extends Record> BoundComponent<Attack<P>> bound(
      Attack<P> attack, Map<String, Object> effective) {
    ComponentDescriptor descriptor =
        ComponentDescriptors.read(attack.getClass(), ComponentKind.ATTACK, "a test");
    return new BoundComponent<>(descriptor, attack, new Nothing(), effective);
  }

  record Choice(@Param(value = "Any norm.", def = "l2") Norm measuredIn) {}

  record OwnChoice(@Param(value = "Some norm.", def = "euclidean") Some size) {}

  /** Norms under a name of their own. */
  enum Some implements NormChoice {
    EUCLIDEAN;

    @Override
    public Norm norm() {
      return Norm.L2;
    }
  }

  record Nothing() {}

  private abstract static class Idle<P> {
    public Access access(P parameters) {
      return Access.LABELS;
    }

    public void attack(P parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {}
  }

  @Named(id = "any-norm", summary = "Works in the norm that is chosen.")
  public static final class AnyNorm extends Idle<Choice> implements Attack<Choice> {}

  @Named(id = "some-norm", summary = "Works in one of some norms.")
  public static final class SomeNorm extends Idle<OwnChoice> implements Attack<OwnChoice> {}

  @Named(id = "one-norm", summary = "Works in one norm only.")
  @AttackProfile(norms = Norm.L2, formula = "x' = x", cost = "nothing")
  public static final class OneNorm extends Idle<Nothing> implements Attack<Nothing> {}

  @Named(id = "several-norms", summary = "Works in several norms.")
  @AttackProfile(
      norms = {Norm.L1, Norm.L2},
      formula = "x' = x",
      cost = "nothing")
  public static final class SeveralNorms extends Idle<Nothing> implements Attack<Nothing> {}

  @Named(id = "no-profile", summary = "Says nothing of norms.")
  public static final class NoProfile extends Idle<Nothing> implements Attack<Nothing> {}
}
