package io.hone.scenario.binding;

import io.hone.api.Attack;
import io.hone.api.AttackUse;
import io.hone.host.component.BoundAttack;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.ParameterDescriptor;
import io.hone.scenario.yaml.YamlNode;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Reads parameters that are attacks: written like the attack of a step, and checked like it. */
public final class AttackUseSyntax implements ValueSyntax {
  /** Tells the type of a step's attack, which reflection gives only as that of a member. */
  private record OfStep(BoundComponent<Attack<Record>> attack) {}

  private final ComponentSyntax components;

  /** Creates the syntax of the attacks of a registry. */
  public AttackUseSyntax(ComponentRegistry registry) {
    this.components = new ComponentSyntax(registry);
  }

  @Override
  public Class<?> type() {
    return AttackUse.class;
  }

  @Override
  public Optional<Bound<AttackUse>> read(
      ParameterDescriptor parameter, Type type, YamlNode node, Binder binder) {
    return components
        .<Attack<Record>>read(ComponentKind.ATTACK, node, List.of(), binder)
        .map(bound -> new Bound<>(new BoundAttack(bound.value()), bound.plain()));
  }

  @Override
  public ObjectNode schema(Type type, SchemaParts parts) {
    return parts.of(OfStep.class.getRecordComponents()[0].getGenericType());
  }
}
