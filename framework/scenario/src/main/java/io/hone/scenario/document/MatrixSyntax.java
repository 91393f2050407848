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

/** Takes a matrix as it is: its axes are read, and refused, together with the steps. */
final class MatrixSyntax implements ValueSyntax {
  @Override
  public Class<?> type() {
    return MatrixSection.class;
  }

  @Override
  public Optional<Bound<MatrixSection>> read(
      ParameterDescriptor parameter, Type type, YamlNode node, Binder binder) {
    return Optional.of(new Bound<>(new MatrixSection(node), node.plain()));
  }

  @Override
  public ObjectNode schema(Type type, SchemaParts parts) {
    ObjectNode schema = parts.node().put("type", "object");
    schema
        .putObject("propertyNames")
        .put("pattern", "^(steps\\.[^.]+\\..+|goal(\\..+)?|model\\..+)$");
    schema.putObject("additionalProperties").put("type", "array").put("minItems", 1);
    return schema;
  }
}
