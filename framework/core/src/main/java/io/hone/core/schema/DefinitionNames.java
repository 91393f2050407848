package io.hone.core.schema;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.impl.DefinitionKey;
import com.github.victools.jsonschema.generator.naming.SchemaDefinitionNamingStrategy;
import java.util.stream.Collectors;

/** Names definitions by their classes, such as {@code FastGradientSign.Params}. */
final class DefinitionNames implements SchemaDefinitionNamingStrategy {
  @Override
  public String getDefinitionNameForKey(DefinitionKey key, SchemaGenerationContext context) {
    return name(key.getType());
  }

  private static String name(ResolvedType type) {
    Class<?> raw = type.getErasedType();
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
