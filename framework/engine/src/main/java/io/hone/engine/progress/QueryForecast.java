package io.hone.engine.progress;

import io.hone.api.Attack;
import io.hone.api.Improver;
import io.hone.api.run.Setting;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.StepAction;
import java.util.OptionalLong;

/** Tells how many queries a step takes, as its component knows beforehand. */
public final class QueryForecast {
  private QueryForecast() {}

  /** Returns the queries of one sample, forward and gradient together; empty if not known. */
  public static OptionalLong of(StepAction action, Setting setting) {
    if (action instanceof StepAction.AttackWith attacking) {
      return of(attacking.attack(), setting);
    }
    if (action instanceof StepAction.ImproveWith improving) {
      return of(improving.improver(), setting);
    }
    return OptionalLong.empty();
  }

  /** Returns the queries of one sample; empty if the component does not know. */
  @SuppressWarnings("unchecked") // the parameters were bound for this very component
  public static OptionalLong of(BoundComponent<?> bound, Setting setting) {
    if (bound.instance() instanceof Attack<?> attack) {
      return ((Attack<Record>) attack).expectedQueries(bound.parameters(), setting);
    }
    if (bound.instance() instanceof Improver<?> improver) {
      return ((Improver<Record>) improver).expectedQueries(bound.parameters(), setting);
    }
    return OptionalLong.empty();
  }
}
