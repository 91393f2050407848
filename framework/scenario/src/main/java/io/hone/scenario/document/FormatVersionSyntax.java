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

/** Reads the version of a file's format and refuses those of another Hone. */
final class FormatVersionSyntax implements ValueSyntax {
  @Override
  public Class<?> type() {
    return FormatVersion.class;
  }

  @Override
  public Optional<Bound<FormatVersion>> read(
      ParameterDescriptor parameter, Type type, YamlNode node, Binder binder) {
    if (Integer.valueOf(FormatVersion.CURRENT).equals(node.plain())) {
      return Optional.of(
          new Bound<>(new FormatVersion(FormatVersion.CURRENT), FormatVersion.CURRENT));
    }
    binder
        .diagnostics()
        .add(
            node.place(),
            "this Hone reads version " + FormatVersion.CURRENT + ", not " + node.describe(),
            "write hone: " + FormatVersion.CURRENT);
    return Optional.empty();
  }

  @Override
  public ObjectNode schema(Type type, SchemaParts parts) {
    return parts.node().put("const", FormatVersion.CURRENT);
  }
}
