package io.hone.scenario.schema;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.impl.DefinitionKey;
import com.github.victools.jsonschema.generator.naming.SchemaDefinitionNamingStrategy;
import io.hone.host.component.BoundComponent;
import java.util.stream.Collectors;

/**
 * Names definitions by their classes: {@code FastGradientSign.Params}, and {@code Defense} for all
 * of a kind.
 */
final class DefinitionNames implements SchemaDefinitionNamingStrategy {
  @Override
  public String getDefinitionNameForKey(DefinitionKey key, SchemaGenerationContext context) {
    return name(key.getType());
  }

  private static String name(ResolvedType type) {
    Class<?> raw = type.getErasedType();
    if (raw == BoundComponent.class) {
      return type.getTypeParameters().get(0).getErasedType().getSimpleName();
    }
    String simple =
        raw.getDeclaringClass() == null
            ? raw.getSimpleName()
            : raw.getDeclaringClass().getSimpleName() + "." + raw.getSimpleName();
    return type.getTypeParameters().isEmpty()
        ? simple
        : type.getTypeParameters().stream()
            .map(DefinitionNames::name)
            .collect(Collectors.joining("-", simple + "-", ""));
  }
}
