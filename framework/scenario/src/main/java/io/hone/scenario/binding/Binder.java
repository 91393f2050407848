package io.hone.scenario.binding;

import io.hone.api.Param;
import io.hone.api.model.ModelReference;
import io.hone.host.component.ParameterDescriptor;
import io.hone.host.plugin.ThrowableText;
import io.hone.scenario.diagnostics.Diagnostics;
import io.hone.scenario.diagnostics.SourceText;
import io.hone.scenario.diagnostics.Spelling;
import io.hone.scenario.yaml.YamlMapping;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlReader;
import io.hone.scenario.yaml.YamlScalar;
import io.hone.scenario.yaml.YamlSequence;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes records of YAML nodes. What is wrong is collected, each at its place, and whatever else can
 * be checked is checked nevertheless.
 */
public final class Binder {
  private final Diagnostics diagnostics;
  private final LeafReader leaves;
  private final Map<Class<?>, ValueSyntax> syntaxes = new HashMap<>();

  /**
   * Creates a binder.
   *
   * @param syntaxes of the types that are more than a leaf, list or record
   * @param diagnostics takes in what is wrong
   */
  public Binder(PathResolver paths, List<ValueSyntax> syntaxes, Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
    this.leaves = new LeafReader(paths, diagnostics);
    syntaxes.forEach(syntax -> this.syntaxes.put(syntax.type(), syntax));
  }

  /** Returns what takes in errors. */
  public Diagnostics diagnostics() {
    return diagnostics;
  }

  /** Returns a record, or nothing if something is wrong with it. */
  public <R extends Record> Optional<Bound<R>> record(RecordShape<R> shape, YamlNode node) {
    return mapping(shape.owner(), shape.keys(), node).flatMap(mapping -> record(shape, mapping));
  }

  /**
   * Returns a mapping, or nothing if something else is written.
   *
   * @param owner whose keys are in the mapping, for errors
   * @param keys that may be in the mapping
   */
  public Optional<YamlMapping> mapping(String owner, List<String> keys, YamlNode node) {
    if (node instanceof YamlMapping mapping) {
      return Optional.of(mapping);
    }
    diagnostics.add(
        node.place(), "expected a mapping for " + owner + ", not " + node.describe(), known(keys));
    return Optional.empty();
  }

  private <R extends Record> Optional<Bound<R>> record(RecordShape<R> shape, YamlMapping mapping) {
    boolean sound = refuseUnknownKeys(shape.owner(), shape.keys(), mapping);
    Map<List<String>, Object> values = new HashMap<>();
    Map<String, Object> plain = new LinkedHashMap<>();
    for (ParameterDescriptor parameter : shape.parameters()) {
      Optional<? extends Bound<?>> bound = parameter(shape, parameter, mapping);
      if (bound.isPresent()) {
        values.put(parameter.path(), bound.get().value());
        // An optional value that is absent stays absent: the plain form can be read again.
        if (bound.get().plain() != null) {
          plain.put(parameter.name(), bound.get().plain());
        }
      } else {
        sound = false;
      }
    }
    return sound
        ? construct(shape, values, mapping)
            .map(made -> new Bound<>(made, Collections.unmodifiableMap(plain)))
        : Optional.empty();
  }

  /** Refuses the keys of a mapping that nobody knows; returns whether there are none. */
  public boolean refuseUnknownKeys(String owner, List<String> keys, YamlMapping mapping) {
    boolean sound = true;
    for (YamlMapping.Entry entry : mapping.entries()) {
      if (!keys.contains(entry.name())) {
        diagnostics.add(
            entry.key().place(),
            owner + " has no '" + entry.name() + "'" + Spelling.didYouMean(entry.name(), keys),
            known(keys));
        sound = false;
      }
    }
    return sound;
  }

  private static String known(List<String> keys) {
    return keys.isEmpty() ? "it has no keys" : "known there: " + String.join(", ", keys);
  }

  private Optional<? extends Bound<?>> parameter(
      RecordShape<?> shape, ParameterDescriptor parameter, YamlMapping mapping) {
    Optional<YamlNode> node = mapping.get(parameter.name());
    if (node.isEmpty() && parameter.def().isEmpty()) {
      diagnostics.add(
          mapping.place(),
          shape.owner() + " needs '" + parameter.name() + "'",
          parameter.name() + ": " + parameter.meaning());
      return Optional.empty();
    }
    return value(parameter, parameter.type(), node.orElseGet(() -> defaultNode(shape, parameter)));
  }

  private static YamlNode defaultNode(RecordShape<?> shape, ParameterDescriptor parameter) {
    String name = "the default of '" + parameter.name() + "' of " + shape.owner();
    return YamlReader.parse(SourceText.ofOption(name, parameter.def().orElseThrow()));
  }

  /**
   * Returns a value of any type that is known here, or nothing if something is wrong with it.
   *
   * @param parameter the key whose value, or part of a value, it is
   */
  public Optional<? extends Bound<?>> value(
      ParameterDescriptor parameter, Type type, YamlNode node) {
    Class<?> raw = rawType(type);
    ValueSyntax syntax = syntaxes.get(raw);
    if (syntax != null) {
      return syntax.read(parameter, type, node, this);
    }
    if (raw == Optional.class) {
      return optional(parameter, typeArgument(type), node);
    }
    if (raw == List.class) {
      return list(parameter, typeArgument(type), node);
    }
    if (raw.isRecord() && raw != ModelReference.class) {
      return record(nested(parameter, raw.asSubclass(Record.class)), node);
    }
    return leaves.read(parameter, raw, node);
  }

  private Optional<Bound<Optional<?>>> optional(
      ParameterDescriptor parameter, Type element, YamlNode node) {
    if (node instanceof YamlScalar scalar && scalar.value() == null) {
      return Optional.of(new Bound<>(Optional.empty(), null));
    }
    if (parameter.isAutomatic() && Param.AUTO.equals(node.plain())) {
      return Optional.of(new Bound<>(Optional.empty(), Param.AUTO));
    }
    return value(parameter, element, node)
        .map(bound -> new Bound<>(Optional.of(bound.value()), bound.plain()));
  }

  private Optional<Bound<List<?>>> list(
      ParameterDescriptor parameter, Type element, YamlNode node) {
    if (!(node instanceof YamlSequence sequence)) {
      diagnostics.add(
          node.place(),
          "'" + parameter.name() + "' must be a list, not " + node.describe(),
          parameter.name() + ": " + parameter.meaning());
      return Optional.empty();
    }
    List<Object> values = new ArrayList<>();
    List<Object> plain = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      value(parameter, element, item)
          .ifPresent(
              bound -> {
                values.add(bound.value());
                plain.add(bound.plain());
              });
    }
    return values.size() == sequence.items().size()
        ? Optional.of(new Bound<>(List.copyOf(values), Collections.unmodifiableList(plain)))
        : Optional.empty();
  }

  private static <R extends Record> RecordShape<R> nested(
      ParameterDescriptor parameter, Class<R> type) {
    boolean isElement = rawType(parameter.type()) == List.class;
    String owner = (isElement ? "each of '" : "'") + parameter.name() + "'";
    return parameter.nested().isEmpty()
        ? RecordShape.ofSection(type, owner)
        : new RecordShape<>(type, owner, parameter.nested());
  }

  private <R extends Record> Optional<R> construct(
      RecordShape<R> shape, Map<List<String>, Object> values, YamlMapping mapping) {
    try {
      return Optional.of(construct(shape.type(), List.of(), values));
    } catch (InvocationTargetException e) {
      diagnostics.add(mapping.place(), shape.owner() + ": " + reason(e.getTargetException()));
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(shape.type() + " cannot be created", e);
    }
  }

  /** Makes a record; a component without a value of its own is an inlined record. */
  private static <R extends Record> R construct(
      Class<R> type, List<String> outer, Map<List<String>, Object> values)
      throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      List<String> path = new ArrayList<>(outer);
      path.add(components[i].getName());
      arguments[i] =
          values.containsKey(path)
              ? values.get(path)
              : construct(types[i].asSubclass(Record.class), path, values);
    }
    Constructor<R> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(arguments);
  }

  /** Returns what a record's own check says; a failed check without words is named by its class. */
  private static String reason(Throwable refusal) {
    if (refusal instanceof Error error) {
      throw error;
    }
    return ThrowableText.messageOf(refusal);
  }

  private static Class<?> rawType(Type type) {
    return type instanceof ParameterizedType parameterized
        ? (Class<?>) parameterized.getRawType()
        : (Class<?>) type;
  }

  private static Type typeArgument(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }
}
