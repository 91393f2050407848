package io.hone.api;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** An attack that is named and not looked up yet: it tells its name and cannot run. */
record NamedAttack(String id, Map<String, Object> parameters) implements AttackUse {
  NamedAttack {
    parameters = Map.copyOf(parameters);
  }

  @Override
  public Optional<Ball> ball() {
    throw notReady();
  }

  @Override
  public Access access() {
    throw notReady();
  }

  @Override
  public OptionalLong expectedQueries(Setting setting) {
    throw notReady();
  }

  @Override
  public void prepare(Setting setting, Run run) {
    throw notReady();
  }

  @Override
  public void attack(Victim victim, Batch clean, Tensor adversarial, Run run) {
    throw notReady();
  }

  private IllegalStateException notReady() {
    return new IllegalStateException(
        "the attack '" + id + "' is only named; Run.bound makes it ready to run");
  }
}
