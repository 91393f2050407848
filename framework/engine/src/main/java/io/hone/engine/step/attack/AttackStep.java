package io.hone.engine.step.attack;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.metric.StepKind;
import io.hone.api.metric.StepKind.Trait;
import io.hone.api.run.Setting;
import io.hone.engine.step.StepContext;
import io.hone.engine.step.StepLabel;
import io.hone.engine.step.StepType;
import io.hone.engine.step.StepWorker;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentDescriptor;
import io.hone.scenario.Goal;
import io.hone.scenario.Reception;
import io.hone.scenario.Step;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks for adversarial examples, starting from the data set's images. */
public final class AttackStep implements StepType<AttackSection> {
  private static final StepKind KIND = StepKind.of("attack", Trait.PERTURBS);

  @Override
  public StepKind kind() {
    return KIND;
  }

  @Override
  public String noun() {
    return "attack";
  }

  @Override
  public Class<AttackSection> section() {
    return AttackSection.class;
  }

  @Override
  public Reception reception() {
    return Reception.ofClean();
  }

  @Override
  public List<BoundComponent<?>> components(AttackSection section) {
    return List.of(section.attack());
  }

  @Override
  public Optional<Goal> goal(AttackSection section) {
    return section.goal();
  }

  @Override
  public StepWorker prepare(Step step, AttackSection section, StepContext context) {
    BoundComponent<Attack<Record>> attack = section.attack();
    context.checkGoal();
    context.checkSizes(attack);
    context.checkAccess(attack, attack.instance().access(attack.parameters()));
    Optional<FeatureBounds> bounds = section.bounds().map(files -> open(files, section, context));
    attack.instance().prepare(attack.parameters(), context.setting(), context.run());
    return new AttackWorker(step, section, context, bounds);
  }

  private static FeatureBounds open(
      BoundsSection files, AttackSection section, StepContext context) {
    ComponentDescriptor attack = section.attack().descriptor();
    if (!attack.profile().map(AttackProfile::bounds).orElse(false)) {
      throw context.error(
          "bounds",
          "the attack " + attack.id() + " keeps to no bounds of single features",
          "hone describe ID says whether an attack does; pgd and apgd do");
    }
    if (section.onGrid()) {
      throw context.error(
          "bounds",
          "bounds and grid: 8bit do not go together: rounding could leave the bounds",
          "leave the grid out");
    }
    return context
        .run()
        .once(
            "bounds",
            () ->
                context.placed(
                    "bounds", () -> FeatureBounds.open(files, context.setting().shape())));
  }

  @Override
  public StepLabel label(Step step, AttackSection section) {
    return new StepLabel(
        section.attack().descriptor().id(),
        section.attack().norm().orElse(""),
        section.attack().descriptor().radius().orElse(""));
  }

  @Override
  public String sentence(String use, String of) {
    return use + " attacks " + of;
  }

  @Override
  public OptionalLong expectedQueries(AttackSection section, Setting setting) {
    return section.within(
        section.attack().instance().expectedQueries(section.attack().parameters(), setting));
  }
}
