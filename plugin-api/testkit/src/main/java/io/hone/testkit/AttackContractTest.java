package io.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.stability.Stability;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What every {@link Attack} promises, run on tiny images against tiny models, some of them hostile.
 *
 * <p>An attack that knows one kind of goal only, needs images of another shape or models of its own
 * overrides {@link #supports}, {@link #shape}, {@link #hostileShapes} or {@link #run}.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public abstract class AttackContractTest<P extends Record> extends BatchContractTest<P> {
  private static final int HOSTILE_SAMPLES = 5;
  private static final long HOSTILE_SEED = 5;

  private final Attack<P> attack;

  /** Creates the test of an attack. */
  protected AttackContractTest(Attack<P> attack) {
    super(attack, Attack.class);
    this.attack = attack;
  }

  /**
   * Every model and shape, in every norm and goal, with budgets: each attempt ends, in [0, 1] and
   * within {@code epsilon}, and an attack that was told why it fails says so.
   */
  @TestFactory
  Stream<DynamicTest> endsHonestlyOnHostileModels() {
    return hostileShapes().stream()
        .flatMap(
            shape ->
                Arrays.stream(HostileModel.values())
                    .map(
                        model ->
                            DynamicTest.dynamicTest(
                                model + " of " + shape + " images", () -> meet(model, shape))));
  }

  /** Bounds are tried in every norm and goal; an attack that knows none has nothing to show. */
  @TestFactory
  Stream<DynamicTest> keepsToBounds() {
    AttackProfile profile = attack.getClass().getAnnotation(AttackProfile.class);
    if (profile == null || !profile.bounds()) {
      return Stream.empty();
    }
    return MeasuredParameters.inEveryNorm(parameters(), attack.getClass()).stream()
        .flatMap(
            variant ->
                goals().stream()
                    .map(
                        targeted ->
                            DynamicTest.dynamicTest(
                                variant.norm() + ", targeted: " + targeted,
                                () -> keepsToBounds(variant.parameters(), targeted))));
  }

  private void keepsToBounds(P parameters, boolean targeted) {
    ContractRule.A7.check(
        met(targeted) + ", within bounds",
        () -> {
          Batch clean = samples().bounded(targeted);
          Tensor adversarial = clean.pixels().copy();
          TestRun run = run(HOSTILE_SEED);
          CountingVictim victim = victim(Long.MAX_VALUE, run);
          Setting setting = new Setting(shape(), victim.classes(), clean.size(), targeted);
          attack.prepare(parameters, setting, run);
          attack.attack(parameters, victim, clean, adversarial, run);
          for (int row = 0; row < clean.size(); row++) {
            assertThat(clean.bounds(row).holds(adversarial.row(row)))
                .as("sample %d is within its bounds", clean.sample(row))
                .isTrue();
          }
          assertThat(adversarial.buffer())
              .as("images after the attack")
              .isNotEqualTo(clean.pixels().buffer());
        });
  }

  private void meet(HostileModel hostile, ImageShape shape) {
    TinySamples samples = new TinySamples(shape, HOSTILE_SAMPLES);
    for (MeasuredParameters<P> variant :
        MeasuredParameters.inEveryNorm(parameters(), attack.getClass())) {
      for (boolean targeted : goals()) {
        if (!targeted || hostile.hasTargets()) {
          new HostileModelTrial<>(
                  attack,
                  variant,
                  () -> run(HOSTILE_SEED),
                  hostile.toString(),
                  hostile.around(samples),
                  hostile.batch(samples, targeted))
              .check();
        }
      }
    }
  }

  @Override
  final Access access(P parameters) {
    return attack.access(parameters);
  }

  @Override
  final OptionalLong expectedQueries(P parameters, Setting setting) {
    return attack.expectedQueries(parameters, setting);
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
