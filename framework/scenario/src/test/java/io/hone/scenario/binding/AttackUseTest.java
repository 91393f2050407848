package io.hone.scenario.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hone.api.Attack;
import io.hone.api.AttackUse;
import io.hone.api.BadInputException;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.host.component.ParameterDescriptor;
import io.hone.scenario.diagnostics.Diagnostic;
import io.hone.scenario.diagnostics.ScenarioException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Parameters that are attacks with parameters of their own. */
class AttackUseTest {
  /** Runs attacks. */
  @Named(id = "chain", summary = "Runs attacks one by one.", example = "{attacks: [fgsm]}")
  public static final class Chain implements Attack<Chain.Params> {
    /** Attacks. */
    public record Params(
        @Param("The attacks, first to last.") List<AttackUse> attacks,
        @Param("An attack that comes last.") Optional<AttackUse> last) {}

    /** Creates the component. */
    public Chain() {}

    @Override
    public Access access(Params parameters) {
      return Access.GRADIENTS;
    }

    @Override
    public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      throw new UnsupportedOperationException("never run");
    }
  }

  private static final InstalledComponent<Chain> CHAIN =
      SampleComponents.installed(ComponentKind.ATTACK, new Chain());
  private static final ComponentRegistry REGISTRY =
      new ComponentRegistry(
          List.of(
              CHAIN,
              SampleComponents.installed(ComponentKind.ATTACK, new SampleComponents.Fgsm())));

  private static BoundComponent<Chain> bind(String yaml) {
    return new ComponentParameters(REGISTRY).bind(CHAIN, yaml);
  }

  private static List<String> errors(String yaml) {
    ScenarioException thrown = catchThrowableOfType(ScenarioException.class, () -> bind(yaml));
    assertThat(thrown).as("an error in %s", yaml).isNotNull();
    return thrown.diagnostics().stream().map(AttackUseTest::text).toList();
  }

  private static String text(Diagnostic diagnostic) {
    return diagnostic.place().line()
        + ":"
        + diagnostic.place().column()
        + " "
        + diagnostic.message();
  }

  @Test
  void areWrittenLikeTheAttackOfAStep() {
    BoundComponent<Chain> bound =
        bind("{attacks: [fgsm, {use: fgsm, with: {epsilon: 8/255}}], last: fgsm}");
    Chain.Params parameters = (Chain.Params) bound.parameters();

    assertThat(parameters.attacks()).extracting(AttackUse::id).containsExactly("fgsm", "fgsm");
    assertThat(parameters.last()).map(AttackUse::id).contains("fgsm");
    assertThat(parameters.attacks().get(0).parameters()).containsOnlyKeys("epsilon", "norm");
    assertThat(bound.effective().get("attacks"))
        .isEqualTo(
            List.of(
                Map.of("use", "fgsm", "with", parameters.attacks().get(0).parameters()),
                Map.of("use", "fgsm", "with", parameters.attacks().get(1).parameters())));
    assertThat(bind("{}").effective()).isEqualTo(Map.of("attacks", List.of()));
  }

  @Test
  void mayContainAttacksThemselves() {
    Chain.Params outer =
        (Chain.Params) bind("{attacks: [{use: chain, with: {attacks: [fgsm]}}]}").parameters();

    assertThat(outer.attacks().get(0).parameters()).containsOnlyKeys("attacks");
  }

  @Test
  void areGivenByProgramsByTheirNames() {
    Chain.Params named =
        new Chain.Params(List.of(AttackUse.of("fgsm", Map.of("epsilon", 0.25f))), Optional.empty());
    BoundComponent<Chain> bound = new ComponentParameters(REGISTRY).bind(CHAIN, named);

    assertThat(bound.effective())
        .isEqualTo(bind("{attacks: [{use: fgsm, with: {epsilon: 0.25}}]}").effective());
  }

  @Test
  void tellMistakesAtTheirPlace() {
    assertThat(
            errors(
                """
                attacks:
                  - fgms
                  - {use: fgsm, with: {epsilo: 0.1}}
                  - {use: fgsm, with: {epsilon: 8}}
                  - 3
                last: {with: {}}
                """))
        .satisfiesExactlyInAnyOrder(
            error -> assertThat(error).startsWith("2:5 there is no attack 'fgms'; did you mean"),
            error -> assertThat(error).startsWith("3:24 attack 'fgsm' has no 'epsilo'; did you"),
            error -> assertThat(error).startsWith("4:33 'epsilon' must be a number from 0 to 1"),
            error -> assertThat(error).startsWith("5:5 expected an attack such as {use: ID"),
            error -> assertThat(error).startsWith("6:7 'use' is missing"));
  }

  @Test
  void areToldFromOtherParameters() {
    assertThat(CHAIN.descriptor().parameters()).allMatch(ParameterDescriptor::holdsAttacks);
    assertThat(
            SampleComponents.installed(ComponentKind.ATTACK, new SampleComponents.Fgsm())
                .descriptor()
                .parameters())
        .noneMatch(ParameterDescriptor::holdsAttacks);
  }

  @Test
  void namedByAComponentAreLookedUpOnce() {
    AttackUses uses = new AttackUses(REGISTRY);
    AttackUse ready = uses.bound(AttackUse.of("fgsm", Map.of()));

    assertThat(ready.access()).isNotNull();
    assertThat(uses.bound(ready)).isSameAs(ready);
  }

  @Test
  void namedByAComponentMustBeInstalledAndFit() {
    AttackUses uses = new AttackUses(REGISTRY);

    assertThatThrownBy(() -> uses.bound(AttackUse.of("pgd", Map.of())))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(
            "it needs the attack 'pgd', which no installed plugin brings",
            "is part of hone-gradient-attacks, which is not installed");
    assertThatThrownBy(() -> uses.bound(AttackUse.of("fgsm", Map.of("steps", 3))))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("attack 'fgsm' do not fit", "attack 'fgsm' has no 'steps'");
  }
}
