package io.hone.scenario.document;

import io.hone.host.component.ParameterDescriptor;
import io.hone.scenario.binding.Binder;
import io.hone.scenario.binding.Bound;
import io.hone.scenario.binding.SchemaParts;
import io.hone.scenario.binding.ValueSyntax;
import io.hone.scenario.yaml.YamlNode;
import java.lang.reflect.Type;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Reads names that become names of folders. */
final class RunNameSyntax implements ValueSyntax {
  @Override
  public Class<?> type() {
    return RunName.class;
  }

  @Override
  public Optional<Bound<RunName>> read(
      ParameterDescriptor parameter, Type type, YamlNode node, Binder binder) {
    if (node.plain() instanceof String text && RunName.PATTERN.matcher(text).matches()) {
      return Optional.of(new Bound<>(new RunName(text), text));
    }
    binder
        .diagnostics()
        .add(
            node.place(),
            "'" + parameter.name() + "' cannot be " + node.describe(),
            "it names a folder: up to 100 letters, digits, dots, hyphens and underscores, a letter"
                + " or digit first; a number needs quotes");
    return Optional.empty();
  }

  @Override
  public ObjectNode schema(Type type, SchemaParts parts) {
    return parts.node().put("type", "string").put("pattern", "^" + RunName.PATTERN.pattern() + "$");
  }
}
