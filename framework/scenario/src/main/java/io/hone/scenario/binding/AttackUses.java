package io.hone.scenario.binding;

import io.hone.api.Attack;
import io.hone.api.AttackUse;
import io.hone.api.BadInputException;
import io.hone.host.component.BoundAttack;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.host.component.OptionalComponents;
import io.hone.scenario.diagnostics.Diagnostic;
import io.hone.scenario.diagnostics.ScenarioException;
import io.hone.scenario.diagnostics.Spelling;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the attacks that components name, and gives them their parameters. */
public final class AttackUses {
  private final ComponentRegistry registry;

  /** Creates the search among the attacks of a registry. */
  public AttackUses(ComponentRegistry registry) {
    this.registry = registry;
  }

  /**
   * Returns a use as {@code Run.bound} promises it.
   *
   * @throws BadInputException if no plugin brings the attack, or a parameter is wrong
   * @throws IllegalArgumentException if the object is no use of an attack
   */
  @SuppressWarnings("unchecked") // a use of an attack is asked for by its interface
  public <U> U bound(U use) {
    if (use instanceof BoundAttack) {
      return use;
    }
    if (use instanceof AttackUse named) {
      return (U) attack(named);
    }
    throw new IllegalArgumentException(
        use.getClass().getName()
            + " is no use of a component; AttackUse.of(ID, PARAMETERS) is one");
  }

  private BoundAttack attack(AttackUse named) {
    InstalledComponent<Attack<Record>> installed =
        registry
            .<Attack<Record>>find(ComponentKind.ATTACK, named.id())
            .orElseThrow(() -> missing(named.id()));
    try {
      return new BoundAttack(new ComponentParameters(registry).bind(installed, named.parameters()));
    } catch (ScenarioException wrong) {
      String problems =
          wrong.diagnostics().stream().map(Diagnostic::message).collect(Collectors.joining("; "));
      throw new BadInputException(
          "the parameters given to attack '%s' do not fit: %s; install plugins of one version of Hone"
              .formatted(named.id(), problems),
          wrong);
    }
  }

  private BadInputException missing(String id) {
    List<String> known =
        registry.descriptors(ComponentKind.ATTACK).stream().map(ComponentDescriptor::id).toList();
    return new BadInputException(
        "it needs the attack '%s', which no installed plugin brings%s; %s"
            .formatted(
                id,
                Spelling.didYouMean(id, known),
                OptionalComponents.howToInstall(ComponentKind.ATTACK, id)
                    .orElse("install the plugin that brings it")));
  }
}
