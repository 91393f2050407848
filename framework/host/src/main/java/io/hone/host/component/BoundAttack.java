package io.hone.host.component;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.AttackProfile.Goal;
import io.hone.api.AttackUse;
import io.hone.api.BadInputException;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An attack that another component runs, found and with checked parameters.
 *
 * @param bound the attack with its parameters
 */
public record BoundAttack(BoundComponent<Attack<Record>> bound) implements AttackUse {
  @Override
  public String id() {
    return bound.descriptor().id();
  }

  @Override
  public Map<String, Object> parameters() {
    return bound.effective();
  }

  @Override
  public Optional<Ball> ball() {
    return bound
        .descriptor()
        .radius()
        .flatMap(
            name ->
                bound
                    .descriptor()
                    .norm(parameters())
                    .flatMap(
                        norm ->
                            parameters().get(name) instanceof Number radius
                                ? Optional.of(new Ball(norm, radius.doubleValue()))
                                : Optional.empty()));
  }

  @Override
  public Access access() {
    return bound.instance().access(bound.parameters());
  }

  @Override
  public OptionalLong expectedQueries(Setting setting) {
    return bound.instance().expectedQueries(bound.parameters(), setting);
  }

  @Override
  public void prepare(Setting setting, Run run) {
    checkGoal(setting.targeted());
    List<PixelLimits.Excess> exceeded =
        PixelLimits.exceeded(bound.descriptor(), parameters(), Optional.of(setting.shape()));
    if (!exceeded.isEmpty()) {
      throw new BadInputException("attack " + id() + ": " + exceeded.get(0).problem());
    }
    bound.instance().prepare(bound.parameters(), setting, run);
  }

  private void checkGoal(boolean targeted) {
    Goal wanted = targeted ? Goal.TARGETED : Goal.UNTARGETED;
    Optional<AttackProfile> profile = bound.descriptor().profile();
    if (profile.isPresent() && !Arrays.asList(profile.get().goals()).contains(wanted)) {
      throw new BadInputException(
          "attack %s cannot pursue a goal that is %s; take it out of the list, or give the step another goal"
              .formatted(id(), KebabCase.wordOf(wanted)));
    }
  }

  @Override
  public void attack(Victim victim, Batch clean, Tensor adversarial, Run run) {
    bound.instance().attack(bound.parameters(), victim, clean, adversarial, run);
  }
}
