package io.hone.scenario.binding;

import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.host.component.OptionalComponents;
import io.hone.host.component.ParameterDescriptor;
import io.hone.host.component.PixelLimits;
import io.hone.scenario.diagnostics.Diagnostics;
import io.hone.scenario.diagnostics.Spelling;
import io.hone.scenario.yaml.YamlMapping;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlPath;
import io.hone.scenario.yaml.YamlScalar;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads components: {@code {use: fgsm, with: {epsilon: 0.1}}}, or the id alone. */
public final class ComponentSyntax implements ValueSyntax {
  static final String USE = "use";
  static final String WITH = "with";

  private final ComponentRegistry registry;
  private final String known;

  /** Creates the syntax of the components of a registry. */
  public ComponentSyntax(ComponentRegistry registry) {
    this(registry, "installed");
  }

  /**
   * Creates the syntax of the components of a registry.
   *
   * @param known the word for these components in lists of them, such as {@code fitting}
   */
  ComponentSyntax(ComponentRegistry registry, String known) {
    this.registry = registry;
    this.known = known;
  }

  @Override
  public Class<?> type() {
    return BoundComponent.class;
  }

  @Override
  public Optional<Bound<BoundComponent<Object>>> read(
      ParameterDescriptor parameter, Type type, YamlNode node, Binder binder) {
    return read(kindOf(type), node, List.of(), binder);
  }

  /** Returns the kind of component that a {@code BoundComponent<Attack<Record>>} holds. */
  public static ComponentKind kindOf(Type type) {
    Type point = ((ParameterizedType) type).getActualTypeArguments()[0];
    Type raw = point instanceof ParameterizedType generic ? generic.getRawType() : point;
    return Arrays.stream(ComponentKind.values())
        .filter(kind -> kind.type() == raw)
        .findFirst()
        .orElseThrow();
  }

  /**
   * Reads a component.
   *
   * @param <C> the kind's extension point
   * @param besides keys that may be beside {@code use} and {@code with} and are read elsewhere
   */
  public <C> Optional<Bound<BoundComponent<C>>> read(
      ComponentKind kind, YamlNode node, List<String> besides, Binder binder) {
    if (node instanceof YamlScalar scalar && scalar.value() instanceof String) {
      return bind(kind, scalar, new YamlMapping(scalar.place(), List.of()), binder);
    }
    Diagnostics diagnostics = binder.diagnostics();
    if (!(node instanceof YamlMapping mapping)) {
      diagnostics.add(
          node.place(),
          "expected "
              + kind.withArticle()
              + " such as {use: ID, with: {...}}, not "
              + node.describe(),
          installed(kind));
      return Optional.empty();
    }
    boolean sound = refuseUnknownKeys(kind, mapping, besides, diagnostics);
    Optional<YamlNode> use = mapping.get(USE);
    if (use.isEmpty()) {
      diagnostics.add(
          mapping.place(), "'use' is missing, which names " + kind.withArticle(), installed(kind));
      return Optional.empty();
    }
    if (!(use.get() instanceof YamlScalar id)) {
      diagnostics.add(
          use.get().place(),
          "'use' must be the id of " + kind.withArticle() + ", not " + use.get().describe(),
          installed(kind));
      return Optional.empty();
    }
    YamlNode with = mapping.get(WITH).orElseGet(() -> new YamlMapping(mapping.place(), List.of()));
    Optional<Bound<BoundComponent<C>>> bound = bind(kind, id, with, binder);
    return sound ? bound : Optional.empty();
  }

  /** Returns the id that a component is written with, alone or at {@code use}. */
  static Optional<YamlScalar> id(YamlNode node) {
    Optional<YamlNode> id =
        node instanceof YamlMapping mapping ? mapping.get(USE) : Optional.of(node);
    return id.flatMap(
        found -> found instanceof YamlScalar scalar ? Optional.of(scalar) : Optional.empty());
  }

  private boolean refuseUnknownKeys(
      ComponentKind kind, YamlMapping mapping, List<String> besides, Diagnostics diagnostics) {
    List<String> allowed = new ArrayList<>(List.of(USE, WITH));
    allowed.addAll(besides);
    boolean sound = true;
    for (YamlMapping.Entry entry : mapping.entries()) {
      if (allowed.contains(entry.name())) {
        continue;
      }
      sound = false;
      String hint =
          isParameter(kind, mapping, entry.name())
              ? "; it is a parameter and belongs below 'with'"
              : Spelling.didYouMean(entry.name(), allowed);
      diagnostics.add(
          entry.key().place(),
          "'" + entry.name() + "' is not allowed beside 'use'" + hint,
          "known there: " + String.join(", ", allowed));
    }
    return sound;
  }

  private boolean isParameter(ComponentKind kind, YamlMapping mapping, String key) {
    return mapping
        .get(USE)
        .flatMap(use -> registry.find(kind, String.valueOf(use.plain())))
        .map(found -> RecordShape.ofComponent(found.descriptor()).keys().contains(key))
        .orElse(false);
  }

  private <C> Optional<Bound<BoundComponent<C>>> bind(
      ComponentKind kind, YamlScalar id, YamlNode with, Binder binder) {
    Optional<InstalledComponent<C>> found = registry.find(kind, id.text());
    if (found.isEmpty()) {
      binder
          .diagnostics()
          .add(
              id.place(),
              "there is no "
                  + kind.word()
                  + " '"
                  + id.text()
                  + "'"
                  + Spelling.didYouMean(id.text(), ids(kind)),
              notes(kind, id.text()));
      return Optional.empty();
    }
    ComponentDescriptor descriptor = found.get().descriptor();
    return binder
        .record(RecordShape.ofComponent(descriptor), with)
        .filter(parameters -> isPossible(descriptor, parameters, with, binder.diagnostics()))
        .map(
            parameters -> {
              Map<String, Object> plain = new LinkedHashMap<>();
              plain.put(USE, descriptor.id());
              plain.put(WITH, parameters.plain());
              return new Bound<>(
                  new BoundComponent<>(
                      descriptor, found.get().instance(), parameters.value(), parameters.mapping()),
                  plain);
            });
  }

  /** Refuses sizes that no image can have, each at its place. */
  static boolean isPossible(
      ComponentDescriptor component, Bound<?> parameters, YamlNode with, Diagnostics diagnostics) {
    List<PixelLimits.Excess> exceeded =
        PixelLimits.exceeded(component, parameters.mapping(), Optional.empty());
    for (PixelLimits.Excess excess : exceeded) {
      diagnostics.add(
          new YamlPath(String.join(".", excess.path())).nearest(with).place(), excess.problem());
    }
    return exceeded.isEmpty();
  }

  private List<String> notes(ComponentKind kind, String id) {
    List<String> notes = new ArrayList<>();
    notes.add(installed(kind));
    for (ComponentKind other : ComponentKind.values()) {
      if (other != kind && registry.find(other, id).isPresent()) {
        notes.add("'" + id + "' is " + other.withArticle());
      }
    }
    OptionalComponents.howToInstall(kind, id).ifPresent(notes::add);
    return notes;
  }

  /** Returns the ids of a kind in words, or how to get a component of it. */
  String installed(ComponentKind kind) {
    List<String> ids = ids(kind);
    return ids.isEmpty()
        ? "no " + kind.plural() + " are installed; put a plugin that has one into plugins/"
        : known + " " + kind.plural() + ": " + String.join(", ", ids);
  }

  private List<String> ids(ComponentKind kind) {
    return registry.descriptors(kind).stream().map(ComponentDescriptor::id).toList();
  }

  @Override
  public ObjectNode schema(Type type, SchemaParts parts) {
    return schema(kindOf(type), parts.node(), parts);
  }

  /** Returns the keys of a component that are read elsewhere; none where the id is alone. */
  public static YamlMapping beside(YamlNode node, List<String> besides) {
    List<YamlMapping.Entry> entries =
        node instanceof YamlMapping mapping
            ? mapping.entries().stream().filter(entry -> besides.contains(entry.name())).toList()
            : List.of();
    return new YamlMapping(node.place(), entries);
  }

  /**
   * Returns the JSON Schema of a component: its id alone where no parameter must be given, or
   * {@code use} and the {@code with} that belongs to it.
   *
   * @param besides schemas of the keys that may be beside {@code use} and {@code with}
   */
  public ObjectNode schema(ComponentKind kind, ObjectNode besides, SchemaParts parts) {
    return schema(kind, besides, parts, (component, rule) -> {});
  }

  /**
   * Returns the JSON Schema of a component as {@link #schema(ComponentKind, ObjectNode,
   * SchemaParts)} does, with rules of each component.
   *
   * @param rules adds to the schema that holds where a component is used
   */
  public ObjectNode schema(
      ComponentKind kind,
      ObjectNode besides,
      SchemaParts parts,
      BiConsumer<ComponentDescriptor, ObjectNode> rules) {
    ObjectNode alone = parts.node();
    ArrayNode idsAlone = alone.putArray("enum");
    ObjectNode full = parts.node().put("type", "object").put("additionalProperties", false);
    ObjectNode properties = full.putObject("properties");
    ArrayNode ids = properties.putObject(USE).putArray("anyOf");
    properties.putObject(WITH).put("type", "object");
    properties.setAll(besides);
    full.putArray("required").add(USE);
    ArrayNode each = full.putArray("allOf");
    for (ComponentDescriptor component : registry.descriptors(kind)) {
      boolean needsParameters =
          component.parameters().stream().anyMatch(parameter -> parameter.def().isEmpty());
      if (!needsParameters) {
        idsAlone.add(component.id());
      }
      ids.addObject().put("const", component.id()).put("description", component.summary());
      ObjectNode rule = each.addObject();
      rule.putObject("if").putObject("properties").putObject(USE).put("const", component.id());
      ObjectNode then = rule.putObject("then");
      then.putObject("properties").set(WITH, parts.of(component.parameterType()));
      if (needsParameters) {
        then.putArray("required").add(WITH);
      }
      rules.accept(component, then);
    }
    ObjectNode schema = parts.node();
    ArrayNode forms = schema.putArray("anyOf");
    // Arrays of schemas may not be empty; without components no scenario is valid.
    if (ids.isEmpty()) {
      return parts.node().put("not", true).put("description", installed(kind));
    }
    if (!idsAlone.isEmpty()) {
      forms.add(alone);
    }
    forms.add(full);
    return schema;
  }
}
