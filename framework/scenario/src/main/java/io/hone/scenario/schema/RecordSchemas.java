package io.hone.scenario.schema;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.CustomDefinitionProviderV2;
import com.github.victools.jsonschema.generator.CustomPropertyDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfig;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import io.hone.api.Param;
import io.hone.api.model.ModelReference;
import io.hone.host.component.KebabCase;
import io.hone.scenario.binding.SchemaParts;
import io.hone.scenario.binding.ValueSyntax;
import io.hone.scenario.diagnostics.SourceText;
import io.hone.scenario.yaml.YamlReader;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes the schema generator see records as the binder does: by {@link Param} and syntaxes. */
final class RecordSchemas {
  private final List<ValueSyntax> syntaxes;
  private final CustomDefinitionProviderV2 provider = this::definition;

  RecordSchemas(List<ValueSyntax> syntaxes) {
    this.syntaxes = syntaxes;
  }

  SchemaGeneratorConfig configuration() {
    SchemaGeneratorConfigBuilder builder =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT, Option.PLAIN_DEFINITION_KEYS)
            // What is optional is left out; nobody writes a null for it.
            .without(Option.FLATTENED_OPTIONALS);
    builder
        .forTypesInGeneral()
        .withCustomDefinitionProvider(provider)
        .withDefinitionNamingStrategy(new DefinitionNames())
        .withPropertySorter((one, other) -> 0);
    builder
        .forFields()
        .withIgnoreCheck(field -> param(field).inline())
        .withCustomDefinitionProvider(RecordSchemas::pixelSize)
        .withCustomDefinitionProvider(RecordSchemas::automatic)
        .withPropertyNameOverrideResolver(
            field -> KebabCase.ofMember(field.getDeclaredName()).orElseThrow())
        .withTargetTypeOverridesResolver(RecordSchemas::optionalValue)
        .withRequiredCheck(RecordSchemas::isRequired)
        .withDescriptionResolver(
            field -> field.isFakeContainerItemScope() ? null : param(field).value())
        .withDefaultResolver(RecordSchemas::defaultOf)
        .withNumberInclusiveMinimumResolver(field -> bound(field, param(field).min()))
        .withNumberInclusiveMaximumResolver(field -> bound(field, param(field).max()));
    return builder.build();
  }

  private @Nullable CustomDefinition definition(
      ResolvedType type, SchemaGenerationContext context) {
    Class<?> raw = type.getErasedType();
    Optional<ValueSyntax> syntax =
        syntaxes.stream().filter(candidate -> candidate.type() == raw).findFirst();
    if (syntax.isPresent()) {
      return new CustomDefinition(
          syntax.get().schema(javaType(type), parts(context)),
          DefinitionType.STANDARD,
          AttributeInclusion.NO);
    }
    ObjectNode node = context.getGeneratorConfig().createObjectNode();
    if (raw.isEnum()) {
      Arrays.stream(raw.getEnumConstants())
          .flatMap(constant -> KebabCase.ofConstant((Enum<?>) constant).stream())
          .forEach(node.withArray("enum")::add);
      return new CustomDefinition(node, DefinitionType.INLINE, AttributeInclusion.NO);
    }
    if (raw == Path.class || raw == ModelReference.class) {
      node.put("type", "string");
      return new CustomDefinition(node, DefinitionType.INLINE, AttributeInclusion.NO);
    }
    return InlinedSchemas.inlines(raw)
        ? new CustomDefinition(
            new InlinedSchemas(context, provider).of(type),
            DefinitionType.STANDARD,
            AttributeInclusion.NO)
        : null;
  }

  private static @Nullable List<ResolvedType> optionalValue(FieldScope field) {
    return field.getType().getErasedType() == Optional.class
        ? field.getType().getTypeParameters()
        : null;
  }

  private static SchemaParts parts(SchemaGenerationContext context) {
    return new SchemaParts() {
      @Override
      public ObjectNode node() {
        return context.getGeneratorConfig().createObjectNode();
      }

      @Override
      public ObjectNode of(Type type) {
        return context.createDefinitionReference(context.getTypeContext().resolve(type));
      }
    };
  }

  private static @Nullable CustomPropertyDefinition pixelSize(
      FieldScope field, SchemaGenerationContext context) {
    Class<?> raw = field.getType().getErasedType();
    boolean isNumber =
        raw == float.class || raw == Float.class || raw == double.class || raw == Double.class;
    if (!isNumber || !param(field).unit().isPixelSize()) {
      return null;
    }
    ObjectNode number = context.getGeneratorConfig().createObjectNode().put("type", "number");
    putBound(number, "minimum", param(field).min());
    putBound(number, "maximum", param(field).max());
    ObjectNode text =
        context
            .getGeneratorConfig()
            .createObjectNode()
            .put("type", "string")
            .put("pattern", "^[0-9.]+ *(/ *[0-9.]+|px)$");
    return either(field, context, number, text);
  }

  /** A number, or the word for a value that the component finds itself. */
  private static @Nullable CustomPropertyDefinition automatic(
      FieldScope field, SchemaGenerationContext context) {
    Class<?> raw = field.getType().getErasedType();
    boolean whole = raw == Integer.class || raw == Long.class;
    boolean fraction = raw == Float.class || raw == Double.class;
    if (!whole && !fraction || !param(field).def().equals(Param.AUTO)) {
      return null;
    }
    ObjectNode number =
        context.getGeneratorConfig().createObjectNode().put("type", whole ? "integer" : "number");
    putBound(number, "minimum", param(field).min());
    putBound(number, "maximum", param(field).max());
    ObjectNode word = context.getGeneratorConfig().createObjectNode().put("const", Param.AUTO);
    return either(field, context, number, word);
  }

  private static CustomPropertyDefinition either(
      FieldScope field, SchemaGenerationContext context, ObjectNode one, ObjectNode other) {
    ObjectNode schema = context.getGeneratorConfig().createObjectNode();
    schema.withArray("anyOf").add(one).add(other);
    if (!field.isFakeContainerItemScope()) {
      schema.put("description", param(field).value());
      Object value = defaultOf(field);
      if (value != null) {
        schema.putPOJO("default", value);
      }
    }
    return new CustomPropertyDefinition(schema, AttributeInclusion.NO);
  }

  private static void putBound(ObjectNode schema, String keyword, double bound) {
    if (Double.isFinite(bound)) {
      schema.put(keyword, decimal(bound));
    }
  }

  /** Returns a number that is written without a fraction where it has none. */
  private static BigDecimal decimal(double bound) {
    return bound == Math.rint(bound) && Math.abs(bound) < Long.MAX_VALUE
        ? BigDecimal.valueOf((long) bound)
        : BigDecimal.valueOf(bound);
  }

  private static @Nullable BigDecimal bound(FieldScope field, double bound) {
    boolean isList = field.isContainerType() && !field.isFakeContainerItemScope();
    return Double.isFinite(bound) && !isList ? decimal(bound) : null;
  }

  private static boolean isRequired(FieldScope field) {
    Class<?> raw = field.getDeclaredType().getErasedType();
    return param(field).def().equals(Param.REQUIRED) && raw != Optional.class && raw != List.class;
  }

  private static @Nullable Object defaultOf(FieldScope field) {
    String def = param(field).def();
    if (def.equals(Param.REQUIRED) || field.isFakeContainerItemScope()) {
      return null;
    }
    Object value = YamlReader.parse(SourceText.ofOption("a default", def)).plain();
    // JSON has no infinity.
    return value instanceof Double number && !Double.isFinite(number) ? null : value;
  }

  /** Returns the annotation of the record component that a field belongs to. */
  private static Param param(FieldScope field) {
    return Arrays.stream(field.getDeclaringType().getErasedType().getRecordComponents())
        .filter(component -> component.getName().equals(field.getDeclaredName()))
        .map((RecordComponent component) -> component.getAnnotation(Param.class))
        .findFirst()
        .orElseThrow();
  }

  private static Type javaType(ResolvedType type) {
    if (type.getTypeParameters().isEmpty()) {
      return type.getErasedType();
    }
    Type[] arguments =
        type.getTypeParameters().stream().map(RecordSchemas::javaType).toArray(Type[]::new);
    return new Parameterized(type.getErasedType(), arguments);
  }

  /** A generic type with its arguments, which reflection itself offers no way to make. */
  private static final class Parameterized implements ParameterizedType {
    private final Class<?> raw;
    private final Type[] arguments;

    Parameterized(Class<?> raw, Type[] arguments) {
      this.raw = raw;
      this.arguments = arguments;
    }

    @Override
    public Type[] getActualTypeArguments() {
      return arguments.clone();
    }

    @Override
    public Type getRawType() {
      return raw;
    }

    @Override
    public Type getOwnerType() {
      return raw.getDeclaringClass();
    }
  }
}
