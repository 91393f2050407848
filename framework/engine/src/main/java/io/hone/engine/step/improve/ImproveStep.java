package io.hone.engine.step.improve;

import io.hone.api.Improver;
import io.hone.api.metric.StepKind;
import io.hone.api.metric.StepKind.Trait;
import io.hone.api.run.Setting;
import io.hone.engine.step.StepContext;
import io.hone.engine.step.StepLabel;
import io.hone.engine.step.StepType;
import io.hone.engine.step.StepWorker;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.Reception;
import io.hone.scenario.Step;
import java.util.List;
import java.util.OptionalLong;

/** Removes redundant perturbation from the examples of other steps. */
public final class ImproveStep implements StepType<ImproveSection> {
  private static final StepKind KIND = StepKind.of("improve", Trait.PERTURBS, Trait.IMPROVES);

  @Override
  public StepKind kind() {
    return KIND;
  }

  @Override
  public String noun() {
    return "improver";
  }

  @Override
  public Class<ImproveSection> section() {
    return ImproveSection.class;
  }

  @Override
  public Reception reception() {
    return Reception.ofSteps(kind -> kind.has(Trait.PERTURBS));
  }

  @Override
  public List<BoundComponent<?>> components(ImproveSection section) {
    return List.of(section.improve());
  }

  @Override
  public StepWorker prepare(Step step, ImproveSection section, StepContext context) {
    BoundComponent<Improver<Record>> improver = section.improve();
    context.checkSizes(improver);
    context.checkAccess(improver, improver.instance().access(improver.parameters()));
    improver.instance().prepare(improver.parameters(), context.setting(), context.run());
    return new ImproveWorker(step, section, context);
  }

  @Override
  public StepLabel label(Step step, ImproveSection section) {
    return StepLabel.of(section.improve().descriptor().id());
  }

  @Override
  public String sentence(String use, String of) {
    return use + " improves " + of;
  }

  @Override
  public OptionalLong expectedQueries(ImproveSection section, Setting setting) {
    return section.within(
        section.improve().instance().expectedQueries(section.improve().parameters(), setting));
  }
}
