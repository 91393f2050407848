package io.hone.scenario.document;

import io.hone.api.DatasetProvider;
import io.hone.api.Param;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ParameterDescriptor;
import io.hone.scenario.DatasetChoice;
import io.hone.scenario.Selection;
import io.hone.scenario.binding.Binder;
import io.hone.scenario.binding.Bound;
import io.hone.scenario.binding.ComponentSyntax;
import io.hone.scenario.binding.RecordShape;
import io.hone.scenario.binding.SchemaParts;
import io.hone.scenario.binding.ValueSyntax;
import io.hone.scenario.yaml.YamlMapping;
import io.hone.scenario.yaml.YamlNode;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/** Reads data sets: a component with {@code take} or {@code select} beside it. */
public final class DatasetSyntax implements ValueSyntax {
  /** What is beside a data set's {@code use} and {@code with}. */
  record Beside(
      @Param(value = "How many of the first images are used; all without it.", min = 1)
          Optional<Long> take,
      @Param("Which images are used; all without it.") Optional<Selection> select) {}

  public static final String TAKE = "take";
  public static final String SELECT = "select";

  static final RecordShape<Beside> BESIDE = RecordShape.ofSection(Beside.class, "a data set");

  private final ComponentSyntax components;

  DatasetSyntax(ComponentSyntax components) {
    this.components = components;
  }

  @Override
  public Class<?> type() {
    return DatasetChoice.class;
  }

  @Override
  public Optional<Bound<DatasetChoice>> read(
      ParameterDescriptor parameter, Type type, YamlNode node, Binder binder) {
    Optional<Bound<BoundComponent<DatasetProvider<Record>>>> provider =
        components.read(ComponentKind.DATASET, node, BESIDE.keys(), binder);
    Optional<Bound<Beside>> beside =
        binder.record(BESIDE, ComponentSyntax.beside(node, BESIDE.keys()));
    if (refuseBoth(node, binder) || provider.isEmpty() || beside.isEmpty()) {
      return Optional.empty();
    }
    Selection selection = selection(beside.get().value());
    Map<String, Object> plain = new LinkedHashMap<>();
    if (provider.get().plain() instanceof Map<?, ?> keys) {
      keys.forEach((key, value) -> plain.put((String) key, value));
    }
    plain.putAll(written(selection));
    return Optional.of(new Bound<>(new DatasetChoice(provider.get().value(), selection), plain));
  }

  /** Returns the keys that say a selection: {@code take} where that says all of it, or none. */
  public static Map<String, Object> written(Selection selection) {
    Map<String, Object> keys = new LinkedHashMap<>();
    Selection first = Selection.ALL.limited(limit(selection));
    if (selection.equals(first)) {
      selection.count().ifPresent(number -> keys.put(TAKE, number));
      return keys;
    }
    Map<String, Object> parts = new LinkedHashMap<>();
    selection.from().ifPresent(number -> parts.put("from", number));
    selection.to().ifPresent(number -> parts.put("to", number));
    selection.count().ifPresent(number -> parts.put("count", number));
    selection.perClass().ifPresent(number -> parts.put("per-class", number));
    selection.seed().ifPresent(number -> parts.put("seed", number));
    keys.put(SELECT, parts);
    return keys;
  }

  private static OptionalLong limit(Selection selection) {
    return selection.count().map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private static Selection selection(Beside beside) {
    return beside.take().map(Selection::first).or(beside::select).orElse(Selection.ALL);
  }

  private static boolean refuseBoth(YamlNode node, Binder binder) {
    if (!(node instanceof YamlMapping mapping && mapping.has(TAKE) && mapping.has(SELECT))) {
      return false;
    }
    binder
        .diagnostics()
        .add(
            mapping.get(SELECT).orElseThrow().place(),
            "a data set has either 'take' or 'select', not both",
            "take: N means select: {count: N}; write all of it below 'select'");
    return true;
  }

  @Override
  public ObjectNode schema(Type type, SchemaParts parts) {
    ObjectNode beside = parts.node();
    ParameterDescriptor take = BESIDE.parameters().get(0);
    beside
        .putObject(TAKE)
        .put("type", "integer")
        .put("minimum", (long) take.min())
        .put("description", take.meaning());
    beside.set(SELECT, parts.of(Selection.class));
    return components.schema(ComponentKind.DATASET, beside, parts);
  }
}
