package io.hone.scenario.document;

import io.hone.api.train.Trainer;
import io.hone.api.train.TrainingOption;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.ParameterDescriptor;
import io.hone.scenario.TrainerChoice;
import io.hone.scenario.binding.Binder;
import io.hone.scenario.binding.Bound;
import io.hone.scenario.binding.ComponentSyntax;
import io.hone.scenario.binding.RecordShape;
import io.hone.scenario.binding.SchemaParts;
import io.hone.scenario.binding.ValueSyntax;
import io.hone.scenario.diagnostics.Diagnostics;
import io.hone.scenario.yaml.YamlMapping;
import io.hone.scenario.yaml.YamlNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Reads trainers: a component, and beside it the keys that this trainer takes. */
public final class TrainSyntax implements ValueSyntax {
  private static final String ENGINE = "engine";
  private static final String DEVICE = "device";
  private static final String SHARDS = "shards";
  private static final String MODEL = "model";
  private static final String ONLY = "only";
  private static final String ATTACK = "attack";

  private static final RecordShape<TrainSection> SECTION =
      RecordShape.ofSection(TrainSection.class, "'train'");

  private final ComponentRegistry registry;
  private final ComponentSyntax components;

  TrainSyntax(ComponentRegistry registry) {
    this.registry = registry;
    this.components = new ComponentSyntax(registry);
  }

  /**
   * Returns the keys that a scenario may write beside a trainer's {@code use} and {@code with}.
   *
   * @param options of the trainer
   */
  public static List<ParameterDescriptor> keys(Set<TrainingOption> options) {
    return SECTION.parameters().stream()
        .filter(key -> options.contains(option(key.name())))
        .toList();
  }

  private static List<String> names(Set<TrainingOption> options) {
    return keys(options).stream().map(ParameterDescriptor::name).toList();
  }

  /** Returns nothing where a plugin returns null. */
  private static Optional<Set<TrainingOption>> options(Trainer<Record> trainer) {
    return Optional.ofNullable(trainer.options());
  }

  private static TrainingOption option(String key) {
    return switch (key) {
      case ENGINE, DEVICE -> TrainingOption.ENGINE;
      case SHARDS -> TrainingOption.SHARDS;
      case MODEL, ONLY -> TrainingOption.MODEL;
      case ATTACK -> TrainingOption.ATTACK;
      default -> throw new IllegalArgumentException(key + " is no key of trainings");
    };
  }

  @Override
  public Class<?> type() {
    return TrainerChoice.class;
  }

  @Override
  public Optional<Bound<TrainerChoice>> read(
      ParameterDescriptor parameter, Type type, YamlNode node, Binder binder) {
    Optional<Bound<BoundComponent<Trainer<Record>>>> trainer =
        components.read(ComponentKind.TRAINER, node, SECTION.keys(), binder);
    YamlMapping written = ComponentSyntax.beside(node, SECTION.keys());
    // What the trainer does not take is refused alone, whatever is wrong inside of it.
    YamlMapping taken =
        trainer.map(bound -> taken(bound.value(), written, binder.diagnostics())).orElse(written);
    Optional<Bound<TrainSection>> section = binder.record(SECTION, taken);
    boolean alone = refuseOnlyAlone(taken, binder.diagnostics());
    if (alone || !taken.equals(written) || trainer.isEmpty() || section.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> plain = new LinkedHashMap<>(trainer.get().mapping());
    plain.putAll(section.get().mapping());
    return Optional.of(new Bound<>(choice(trainer.get().value(), section.get().value()), plain));
  }

  /** Refuses each key that a trainer does not take, and returns the others. */
  private static YamlMapping taken(
      BoundComponent<Trainer<Record>> trainer, YamlMapping written, Diagnostics diagnostics) {
    ComponentDescriptor descriptor = trainer.descriptor();
    Optional<Set<TrainingOption>> options = options(trainer.instance());
    if (options.isEmpty()) {
      diagnostics.add(
          written.place(),
          "the trainer %s of %s does not say which keys it takes. This is a defect of the trainer"
              .formatted(descriptor.id(), descriptor.source()));
      return written;
    }
    List<String> taken = names(options.get());
    List<YamlMapping.Entry> others =
        written.entries().stream().filter(entry -> !taken.contains(entry.name())).toList();
    for (YamlMapping.Entry entry : others) {
      diagnostics.add(
          entry.key().place(),
          "the trainer %s takes no '%s'; remove it".formatted(descriptor.id(), entry.name()),
          taken.isEmpty()
              ? "it takes nothing beside use and with"
              : "it takes beside use and with: " + String.join(", ", taken));
    }
    return written.without(others.stream().map(YamlMapping.Entry::name).toList());
  }

  private static boolean refuseOnlyAlone(YamlMapping written, Diagnostics diagnostics) {
    Optional<YamlMapping.Entry> only = written.entry(ONLY);
    if (only.isEmpty() || written.has(MODEL)) {
      return false;
    }
    diagnostics.add(
        only.get().key().place(),
        "'only' names weights of a model, but there is no 'model' here",
        "write model: {card: ...} beside it, or remove 'only' to train all weights");
    return true;
  }

  private static TrainerChoice choice(
      BoundComponent<Trainer<Record>> trainer, TrainSection section) {
    List<String> only = section.only().map(OneOrMore::values).orElse(List.of());
    return new TrainerChoice(
        trainer,
        section.engine(),
        section.device(),
        section.shards().map(OptionalInt::of).orElse(OptionalInt.empty()),
        section.model().map(model -> new TrainerChoice.Start(model.card(), model.weights(), only)),
        section.attack());
  }

  @Override
  public ObjectNode schema(Type type, SchemaParts parts) {
    ObjectNode beside = parts.node();
    for (ParameterDescriptor key : SECTION.parameters()) {
      beside.set(key.name(), schema(key, parts));
    }
    return components.schema(ComponentKind.TRAINER, beside, parts, this::addRules);
  }

  private static ObjectNode schema(ParameterDescriptor key, SchemaParts parts) {
    Type value = ((ParameterizedType) key.type()).getActualTypeArguments()[0];
    if (value == Integer.class) {
      return parts
          .node()
          .put("type", "integer")
          .put("minimum", (long) key.min())
          .put("maximum", (long) key.max())
          .put("description", key.meaning());
    }
    return value == String.class
        ? parts.node().put("type", "string").put("description", key.meaning())
        : parts.of(value);
  }

  private void addRules(ComponentDescriptor trainer, ObjectNode rules) {
    ObjectNode properties = rules.withObject("properties");
    List<String> taken =
        registry
            .<Trainer<Record>>find(ComponentKind.TRAINER, trainer.id())
            .flatMap(installed -> options(installed.instance()))
            .map(TrainSyntax::names)
            .orElse(List.of());
    SECTION.keys().stream()
        .filter(key -> !taken.contains(key))
        .forEach(key -> properties.put(key, false));
    rules.putObject("dependentRequired").putArray(ONLY).add(MODEL);
  }
}
