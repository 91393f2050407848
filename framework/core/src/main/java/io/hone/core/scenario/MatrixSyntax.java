package io.hone.core.scenario;

import io.hone.core.binding.Binder;
import io.hone.core.binding.Bound;
import io.hone.core.binding.SchemaParts;
import io.hone.core.binding.ValueSyntax;
import io.hone.core.component.ParameterDescriptor;
import io.hone.core.yaml.YamlNode;
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
    schema.putObject("propertyNames").put("pattern", "^(steps\\.[^.]+\\..+|goal(\\..+)?)$");
    schema.putObject("additionalProperties").put("type", "array").put("minItems", 1);
    return schema;
  }
}
