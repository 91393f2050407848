package io.hone.engine.check;

import io.hone.api.BadInputException;
import io.hone.api.run.Progress;
import io.hone.api.run.RunCancelledException;
import io.hone.api.run.TrustFlag;
import io.hone.engine.check.CheckInput.ModelUnderTest;
import io.hone.engine.check.CheckedModel.Twin;
import io.hone.engine.context.RunServices;
import io.hone.engine.failure.FailureMessage;
import io.hone.engine.results.CheckResult;
import io.hone.engine.results.CheckState;
import io.hone.engine.step.UnitInput;
import io.hone.engine.step.attack.AttackSection;
import io.hone.host.component.ComponentRegistry;
import io.hone.scenario.Step;
import io.hone.scenario.StepContent;
import io.hone.scenario.StepGrammar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Makes the self-checks that a scenario asks for, one after another. */
public final class CheckRun {
  private static final String RANDOM_MODEL =
      "The model answers differently each time, which may explain this; see determinism.";

  private final CheckInput input;
  private final RunServices services;
  private final ComponentRegistry registry;
  private final List<SelfCheck> checks;
  private final CheckOutcome.Collector collector = new CheckOutcome.Collector();

  /**
   * Creates a run of checks.
   *
   * @param services of the checks alone: what components tell there is not told of the run
   * @param registry of the components that checks may use beside the attacks they look at
   */
  public CheckRun(CheckInput input, RunServices services, ComponentRegistry registry) {
    this.input = input;
    this.services = services;
    this.registry = registry;
    this.checks = SelfChecks.chosen(input.scenario().check().checks());
  }

  /** An attack of the scenario, whatever its variant. */
  private record Attacking(Step step, StepContent<AttackSection> content) {}

  /**
   * Makes the checks.
   *
   * @throws RunCancelledException if the user cancelled
   */
  public CheckOutcome run() {
    long models = input.models().size();
    long ofModels = checks.stream().filter(ModelCheck.class::isInstance).count();
    long ofAttacks = (checks.size() - ofModels) * attacks().count();
    try (Progress shown =
        services
            .listener()
            .progress("checks of " + input.scenario().name(), models * ofModels + ofAttacks)) {
      CheckProgress progress = new CheckProgress(shown);
      for (ModelUnderTest tested : input.models()) {
        look(tested, progress);
      }
    }
    return collector.outcome();
  }

  private void look(ModelUnderTest tested, CheckProgress progress) {
    progress.begin("samples", tested.clean());
    UnitInput samples =
        new CheckedSamples(input.dataset(), tested.classifier(), services.cancellation())
            .first(input.scenario().check().samples(), input.samples());
    CheckTools tools =
        new CheckTools(
            services,
            registry,
            input.setting(),
            input.firstImages(),
            input.scenario().metrics().stream().map(metric -> metric.descriptor().id()).toList(),
            progress);
    CheckedModel model =
        new CheckedModel(
            tested.clean(), tested.classifier(), tested.card(), twins(tested), samples, tools);
    List<Attacking> attacks =
        attacks().filter(attack -> attack.step().clean().equals(tested.clean())).toList();
    List<String> names = attacks.stream().map(attack -> attack.step().name()).toList();
    for (SelfCheck check : checks) {
      if (check instanceof ModelCheck ofModel) {
        List<String> concerned = check.concernsCleanImages() ? List.of(tested.clean()) : names;
        judge(check, model, tested.clean(), concerned, progress, () -> ofModel.look(model));
      }
    }
    for (Attacking attacking : attacks) {
      CheckedAttack attack = new CheckedAttack(attacking.step(), attacking.content(), model);
      for (SelfCheck check : checks) {
        if (check instanceof AttackCheck ofAttack) {
          judge(
              check,
              model,
              attack.name(),
              List.of(attack.name()),
              progress,
              () -> look(ofAttack, attack));
        }
      }
    }
  }

  private static Finding look(AttackCheck check, CheckedAttack attack) {
    if (attack.own().attempted().length == 0) {
      return Finding.notApplicable("No checked sample takes part in the attack.");
    }
    Finding finding = check.look(attack);
    return attack.model().repeats().agree() ? finding : finding.atMostWarning(RANDOM_MODEL);
  }

  private void judge(
      SelfCheck check,
      CheckedModel model,
      String entry,
      List<String> concerned,
      CheckProgress progress,
      Supplier<Finding> look) {
    services.cancellation().check();
    progress.begin(check.id(), entry);
    Finding finding =
        model.size() == 0
            ? Finding.notApplicable("The model classifies no sample correctly.")
            : found(look);
    String flag = check.flag().orElse("");
    collector.add(
        new CheckResult(
            check.id(),
            entry,
            finding.state().word(),
            finding.number().isPresent() ? finding.number().getAsDouble() : null,
            check.measure(),
            check.threshold(),
            finding.text(),
            finding.advice(),
            flag));
    if (finding.state() == CheckState.FAIL && !flag.isEmpty()) {
      String text =
          "Self-check " + check.id() + " failed. " + finding.text() + " " + finding.advice();
      concerned.forEach(name -> collector.raise(name, new TrustFlag(flag, text)));
    }
    progress.finished();
  }

  /** A check that cannot come to its end speaks against nothing, but whoever reads must know. */
  private static Finding found(Supplier<Finding> look) {
    try {
      return look.get();
    } catch (RunCancelledException cancelled) {
      throw cancelled;
    } catch (BadInputException refused) {
      return Finding.notApplicable("The check could not be made: " + refused.getMessage());
    } catch (RuntimeException failure) {
      LoggerFactory.getLogger(CheckRun.class).debug("a self-check failed", failure);
      return new Finding(
          CheckState.WARN,
          OptionalDouble.empty(),
          "The check broke off: " + FailureMessage.of(failure),
          "Leave the check out with check: {skip: [...]}, and report the defect.");
    }
  }

  private List<Twin> twins(ModelUnderTest tested) {
    List<Twin> twins = new ArrayList<>(input.twin().stream().toList());
    input.models().stream()
        .filter(other -> !other.clean().equals(tested.clean()))
        .forEach(other -> twins.add(new Twin(other.card().name(), other.classifier())));
    return twins;
  }

  private Stream<Attacking> attacks() {
    return input.scenario().steps().stream()
        .filter(step -> step.received().isEmpty())
        .flatMap(step -> attacking(step, step.content()).stream());
  }

  private static <S extends Record> Optional<Attacking> attacking(
      Step step, StepContent<S> content) {
    if (!(content.section() instanceof AttackSection section)) {
      return Optional.empty();
    }
    @SuppressWarnings("unchecked") // the section is one of this grammar
    StepGrammar<AttackSection> grammar = (StepGrammar<AttackSection>) content.grammar();
    return Optional.of(new Attacking(step, new StepContent<>(grammar, section)));
  }
}
