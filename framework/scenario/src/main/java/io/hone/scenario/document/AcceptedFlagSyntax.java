package io.hone.scenario.document;

import io.hone.api.run.TrustFlag;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.ParameterDescriptor;
import io.hone.scenario.binding.Binder;
import io.hone.scenario.binding.Bound;
import io.hone.scenario.binding.SchemaParts;
import io.hone.scenario.binding.ValueSyntax;
import io.hone.scenario.diagnostics.Spelling;
import io.hone.scenario.yaml.YamlNode;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the codes of flags that a scenario accepts: those of Hone, and {@code COMPONENT.CODE} of an
 * installed component.
 */
final class AcceptedFlagSyntax implements ValueSyntax {
  private final ComponentRegistry registry;

  AcceptedFlagSyntax(ComponentRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Class<?> type() {
    return AcceptedFlag.class;
  }

  @Override
  public Optional<Bound<AcceptedFlag>> read(
      ParameterDescriptor parameter, Type type, YamlNode node, Binder binder) {
    if (node.plain() instanceof String code
        && (TrustFlag.CODES.contains(code) || belongsToComponent(code))) {
      return Optional.of(new Bound<>(new AcceptedFlag(code), code));
    }
    String guess =
        node.plain() instanceof String word ? Spelling.didYouMean(word, TrustFlag.CODES) : "";
    binder
        .diagnostics()
        .add(
            node.place(),
            "'accept' names flags of trust, and " + node.describe() + " is none" + guess,
            "known: " + String.join(", ", TrustFlag.CODES));
    return Optional.empty();
  }

  private boolean belongsToComponent(String code) {
    int dot = code.indexOf('.');
    return dot > 0
        && dot < code.length() - 1
        && Arrays.stream(ComponentKind.values())
            .flatMap(kind -> registry.descriptors(kind).stream())
            .anyMatch(component -> component.id().equals(code.substring(0, dot)));
  }

  @Override
  public ObjectNode schema(Type type, SchemaParts parts) {
    ObjectNode known = parts.node();
    TrustFlag.CODES.forEach(known.withArray("enum")::add);
    ObjectNode ofComponent =
        parts.node().put("type", "string").put("pattern", "^[a-z0-9-]+\\.[a-z0-9.-]+$");
    ObjectNode schema = parts.node();
    schema.withArray("anyOf").add(known).add(ofComponent);
    return schema;
  }
}
