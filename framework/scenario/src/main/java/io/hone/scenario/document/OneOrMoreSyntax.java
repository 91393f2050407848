package io.hone.scenario.document;

import io.hone.host.component.ParameterDescriptor;
import io.hone.scenario.binding.Binder;
import io.hone.scenario.binding.Bound;
import io.hone.scenario.binding.SchemaParts;
import io.hone.scenario.binding.ValueSyntax;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlSequence;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Reads a value alone, or a list of at least one. */
final class OneOrMoreSyntax implements ValueSyntax {
  @Override
  public Class<?> type() {
    return OneOrMore.class;
  }

  @Override
  public Optional<Bound<OneOrMore<Object>>> read(
      ParameterDescriptor parameter, Type type, YamlNode node, Binder binder) {
    Type element = ((ParameterizedType) type).getActualTypeArguments()[0];
    if (!(node instanceof YamlSequence sequence)) {
      return binder
          .value(parameter, element, node)
          .map(
              bound -> new Bound<>(new OneOrMore<>(List.<Object>of(bound.value())), bound.plain()));
    }
    if (sequence.items().isEmpty()) {
      binder
          .diagnostics()
          .add(node.place(), "'" + parameter.name() + "' must name at least one, not none");
      return Optional.empty();
    }
    List<Object> values = new ArrayList<>();
    List<Object> plain = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      binder
          .value(parameter, element, item)
          .ifPresent(
              bound -> {
                values.add(bound.value());
                plain.add(bound.plain());
              });
    }
    return values.size() == sequence.items().size()
        ? Optional.of(new Bound<>(new OneOrMore<>(values), List.copyOf(plain)))
        : Optional.empty();
  }

  @Override
  public ObjectNode schema(Type type, SchemaParts parts) {
    Type element = ((ParameterizedType) type).getActualTypeArguments()[0];
    ObjectNode several = parts.node().put("type", "array").put("minItems", 1);
    several.set("items", parts.of(element));
    ObjectNode schema = parts.node();
    schema.withArray("anyOf").add(parts.of(element)).add(several);
    return schema;
  }
}
