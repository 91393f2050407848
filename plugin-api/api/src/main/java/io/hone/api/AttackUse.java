package io.hone.api;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.stability.Stability;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An attack with its parameters that another component runs. As the type of a parameter it is
 * written like the attack of a step: {@code {use: pgd, with: {steps: 10}}}, or the id alone.
 *
 * <p>A component that chooses attacks itself names them by {@link #of} and gives them to {@link
 * Run#bound}, which finds the attack and checks its parameters. A parameter is ready already.
 *
 * <p>Give each attack a context and a victim of its own, {@code run.within(part)} and {@code
 * victim.within(part)}: random streams, reasons and queries are then told apart. See {@link
 * Run#parts}.
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public interface AttackUse {
  /**
   * Returns the use of an attack that is not looked up yet; {@link Run#bound} makes it ready.
   *
   * @param parameters plain values by their names in scenarios; the others have their defaults
   */
  static AttackUse of(String id, Map<String, Object> parameters) {
    return new NamedAttack(id, parameters);
  }

  /** Returns the id of the attack. */
  String id();

  /** Returns the parameters as plain values by their names in scenarios. */
  Map<String, Object> parameters();

  /**
   * Returns the ball around a clean image that the attack never leaves: its norm and its parameter
   * of unit {@link Param.Unit#RADIUS}. Empty where it has no such parameter.
   *
   * @throws IllegalStateException if the attack is only named
   */
  Optional<Ball> ball();

  /**
   * Returns what the attack needs to see of its victim.
   *
   * @throws IllegalStateException if the attack is only named
   */
  Access access();

  /**
   * Returns about how many queries one sample takes, as {@link Attack#expectedQueries} tells.
   *
   * @throws IllegalStateException if the attack is only named
   */
  OptionalLong expectedQueries(Setting setting);

  /**
   * Finds what cannot work, as {@link Attack#prepare} does; a goal that the attack cannot pursue
   * and a size that no image can have are found too.
   *
   * @throws BadInputException for what cannot work
   * @throws IllegalStateException if the attack is only named
   */
  void prepare(Setting setting, Run run);

  /**
   * Attacks a batch, as {@link Attack#attack} does.
   *
   * @param clean images, labels and targets; never written to
   * @param adversarial {@code [N, C, H, W]}, holds the clean images on entry
   * @throws IllegalStateException if the attack is only named
   */
  void attack(Victim victim, Batch clean, Tensor adversarial, Run run);
}
