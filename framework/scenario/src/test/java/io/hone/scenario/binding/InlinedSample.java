package io.hone.scenario.binding;

import io.hone.api.Attack;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import java.util.List;

/** An attack whose parameters are partly those of records that it inlines. */
@Named(id = "inlined", summary = "Inlines what others share.", example = "{rounds: 1, reach: 0.1}")
public final class InlinedSample implements Attack<InlinedSample.Params> {
  /** What several attacks share. */
  public record Budget(
      @Param(value = "How far.", min = 0, max = 1, unit = Param.Unit.PIXEL) double reach,
      @Param(value = "How many steps.", def = "10", min = 1) int maxSteps,
      @Param(inline = true) Stop stop) {
    /** Refuses what the ranges of both parameters allow. */
    public Budget {
      if (reach * maxSteps > 50) {
        throw new IllegalArgumentException("reach x max-steps must be at most 50");
      }
    }
  }

  /** When to stop. */
  public record Stop(@Param("Whether to stop early.") boolean stopEarly) {}

  /** Its own parameters, among the shared ones. */
  public record Params(
      @Param("How often.") int rounds,
      @Param(inline = true, def = "{max-steps: 40, stop-early: true}") Budget budget,
      @Param(value = "What is left.", def = "1") double decay,
      @Param("Further budgets.") List<Budget> more) {}

  static InstalledComponent<InlinedSample> installed() {
    return SampleComponents.installed(ComponentKind.ATTACK, new InlinedSample());
  }

  /** Returns a registry of this attack alone, and what a scenario needs beside it. */
  public static ComponentRegistry registry() {
    return new ComponentRegistry(
        List.of(
            installed(),
            SampleComponents.installed(ComponentKind.DATASET, new SampleComponents.Mnist())));
  }

  @Override
  public Access access(Params parameters) {
    return Access.LABELS;
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor out, Run run) {
    throw new UnsupportedOperationException("sample components are never run");
  }
}
