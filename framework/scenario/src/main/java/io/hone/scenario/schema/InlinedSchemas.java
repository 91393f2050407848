package io.hone.scenario.schema;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinitionProviderV2;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import io.hone.api.Param;
import io.hone.host.component.KebabCase;
import io.hone.scenario.diagnostics.SourceText;
import io.hone.scenario.yaml.YamlReader;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of records that inline others: one object, with the keys of all in their order. */
final class InlinedSchemas {
  private static final String PROPERTIES = "properties";
  private static final String REQUIRED = "required";

  private final SchemaGenerationContext context;
  private final CustomDefinitionProviderV2 provider;

  /**
   * Prepares to make schemas.
   *
   * @param provider that asks for these schemas, and is not asked again
   */
  InlinedSchemas(SchemaGenerationContext context, CustomDefinitionProviderV2 provider) {
    this.context = context;
    this.provider = provider;
  }

  /** Returns whether a type is a record that inlines another. */
  static boolean inlines(Class<?> type) {
    return type.isRecord()
        && Arrays.stream(type.getRecordComponents()).anyMatch(InlinedSchemas::isInlined);
  }

  private static boolean isInlined(RecordComponent component) {
    Param param = component.getAnnotation(Param.class);
    return param != null && param.inline();
  }

  ObjectNode of(ResolvedType type) {
    ObjectNode schema = context.createStandardDefinition(type, provider);
    // The nodes themselves and no copies: the generator fills in references to types at the end.
    JsonNode own = schema.path(PROPERTIES);
    Set<String> required = required(schema);
    ObjectNode properties = schema.putObject(PROPERTIES);
    for (RecordComponent component : type.getErasedType().getRecordComponents()) {
      if (isInlined(component)) {
        add(component, properties, required);
      } else {
        String name = KebabCase.ofMember(component.getName()).orElseThrow();
        properties.set(name, own.path(name));
      }
    }
    schema.remove(REQUIRED);
    if (!required.isEmpty()) {
      ArrayNode names = schema.putArray(REQUIRED);
      required.forEach(names::add);
    }
    return schema;
  }

  private void add(RecordComponent component, ObjectNode properties, Set<String> required) {
    ObjectNode inlined = of(context.getTypeContext().resolve(component.getType()));
    required.addAll(required(inlined));
    inlined.path(PROPERTIES).properties().forEach(e -> properties.set(e.getKey(), e.getValue()));
    String def = component.getAnnotation(Param.class).def();
    if (!def.equals(Param.REQUIRED)) {
      defaults(def)
          .forEach(
              (name, value) -> {
                holder(properties.get(name)).putPOJO("default", value);
                required.remove(name);
              });
    }
  }

  /** The generator may still have a property in parts; one default must not contradict another. */
  private static ObjectNode holder(JsonNode property) {
    JsonNode known = property.findParent("default");
    return (ObjectNode) (known == null ? property : known);
  }

  @SuppressWarnings("unchecked") // the descriptor was refused if these are no mapping
  private static Map<String, Object> defaults(String yaml) {
    return (Map<String, Object>)
        Objects.requireNonNull(YamlReader.parse(SourceText.ofOption("the defaults", yaml)).plain());
  }

  private static Set<String> required(ObjectNode schema) {
    Set<String> names = new LinkedHashSet<>();
    schema.path(REQUIRED).forEach(name -> names.add(name.asString()));
    return names;
  }
}
