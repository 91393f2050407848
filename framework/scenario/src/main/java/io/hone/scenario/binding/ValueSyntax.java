package io.hone.scenario.binding;

import io.hone.host.component.ParameterDescriptor;
import io.hone.scenario.yaml.YamlNode;
import java.lang.reflect.Type;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * How values of one type are written, where that type is more than a leaf, list or record: one
 * place that both reads them and describes them to editors.
 */
public interface ValueSyntax {
  /** Returns the type that is read, without type arguments. */
  Class<?> type();

  /**
   * Reads a value.
   *
   * @param parameter the key whose value it is
   * @param type with type arguments
   * @return empty if something is wrong, which was then added to the binder's diagnostics
   */
  Optional<? extends Bound<?>> read(
      ParameterDescriptor parameter, Type type, YamlNode node, Binder binder);

  /**
   * Returns the JSON Schema of what is read.
   *
   * @param type with type arguments
   */
  ObjectNode schema(Type type, SchemaParts parts);
}
