package io.hone.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.AttackUse;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.run.Run;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import io.hone.engine.EngineComponents;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.scenario.Goal;
import io.hone.scenario.binding.ComponentParameters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VariantTest {
  /** Names attacks that it would run. */
  @Named(id = "bundle", summary = "Names attacks.", example = "{attacks: [walk]}")
  @AttackProfile(norms = Norm.LINF, formula = "any", cost = "theirs")
  public static final class Bundle implements Attack<Bundle.Params> {
    public record Params(
        @Param(value = "Radius.", def = "0.1", min = 0, unit = Param.Unit.RADIUS) double epsilon,
        @Param("The attacks.") List<AttackUse> attacks) {}

    /** Creates the component. */
    public Bundle() {}

    @Override
    public Access access(Params parameters) {
      return Access.GRADIENTS;
    }

    @Override
    public void attack(
        Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {}
  }

  @Test
  void aRadiusReachesTheAttacksThatAnAttackRuns() {
    ComponentRegistry registry = CheckComponents.registry();
    @SuppressWarnings("unchecked") // a bundle is an attack, whatever its parameters
    InstalledComponent<Attack<Record>> bundle =
        (InstalledComponent<Attack<Record>>)
            (InstalledComponent<?>) EngineComponents.installed(ComponentKind.ATTACK, new Bundle());
    Variant variant =
        new Variant(
            new ComponentParameters(registry)
                .bind(bundle, "{attacks: [{use: walk, with: {epsilon: 0.1, steps: 3}}, push]}"),
            new Goal.Untargeted(),
            CheckComponents.sound(3),
            true,
            registry);

    Map<String, Object> changed = variant.withRadius(0.5).attack().effective();

    assertThat(changed).containsEntry("epsilon", 0.5);
    assertThat(changed.get("attacks").toString())
        .contains("epsilon=0.5", "steps=3", "use=push")
        .doesNotContain("epsilon=0.1");
  }
}
