package io.hone.testkit;

import io.hone.api.Attack;
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
