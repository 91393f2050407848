package io.hone.scenario.document;

import io.hone.host.component.ParameterDescriptor;
import io.hone.scenario.binding.Binder;
import io.hone.scenario.binding.Bound;
import io.hone.scenario.binding.SchemaParts;
import io.hone.scenario.binding.ValueSyntax;
import io.hone.scenario.diagnostics.Spelling;
import io.hone.scenario.yaml.YamlNode;
import java.lang.reflect.Type;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Reads the ids of self-checks. */
final class CheckNameSyntax implements ValueSyntax {
  private final KnownChecks known;

  CheckNameSyntax(KnownChecks known) {
    this.known = known;
  }

  @Override
  public Class<?> type() {
    return CheckName.class;
  }

  @Override
  public Optional<Bound<CheckName>> read(
      ParameterDescriptor parameter, Type type, YamlNode node, Binder binder) {
    if (node.plain() instanceof String id && known.ids().contains(id)) {
      return Optional.of(new Bound<>(new CheckName(id), id));
    }
    String guess =
        node.plain() instanceof String word ? Spelling.didYouMean(word, known.ids()) : "";
    binder
        .diagnostics()
        .add(
            node.place(),
            "'"
                + parameter.name()
                + "' names self-checks, and "
                + node.describe()
                + " is none"
                + guess,
            "known: " + String.join(", ", known.ids()));
    return Optional.empty();
  }

  @Override
  public ObjectNode schema(Type type, SchemaParts parts) {
    ObjectNode schema = parts.node();
    known.ids().forEach(schema.withArray("enum")::add);
    return schema;
  }
}
