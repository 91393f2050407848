package io.hone.scenario.document;

import io.hone.host.component.ParameterDescriptor;
import io.hone.scenario.StepContent;
import io.hone.scenario.StepGrammar;
import io.hone.scenario.binding.Binder;
import io.hone.scenario.binding.Bound;
import io.hone.scenario.binding.RecordShape;
import io.hone.scenario.binding.SchemaParts;
import io.hone.scenario.binding.ValueSyntax;
import io.hone.scenario.diagnostics.SourceText;
import io.hone.scenario.yaml.YamlMapping;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlReader;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a step by the grammar of its kind. What spans several keys, such as two kinds in one step
 * or a key of another kind, is refused where the chain is read.
 */
final class StepSyntax implements ValueSyntax {
  private final StepGrammars grammars;

  /** What a key that is not written means, by the key; keys that are then absent are not here. */
  private final Map<String, Object> defaults = new HashMap<>();

  StepSyntax(StepGrammars grammars) {
    this.grammars = grammars;
    for (ParameterDescriptor parameter : grammars.parameters()) {
      parameter
          .def()
          .map(def -> YamlReader.parse(SourceText.ofOption("a default", def)).plain())
          .ifPresent(value -> defaults.put(parameter.name(), value));
    }
  }

  @Override
  public Class<?> type() {
    return StepSection.class;
  }

  @Override
  public Optional<Bound<StepSection>> read(
      ParameterDescriptor parameter, Type type, YamlNode node, Binder binder) {
    List<String> known = grammars.parameters().stream().map(ParameterDescriptor::name).toList();
    Optional<YamlMapping> mapping = binder.mapping(StepGrammars.OWNER, known, node);
    if (mapping.isEmpty()) {
      return Optional.empty();
    }
    List<StepGrammar<?>> kinds =
        mapping.get().entries().stream()
            .flatMap(entry -> grammars.find(entry.name()).stream())
            .toList();
    if (kinds.size() != 1) {
      binder.refuseUnknownKeys(StepGrammars.OWNER, known, mapping.get());
      return Optional.empty();
    }
    return read(kinds.get(0), mapping.get(), binder);
  }

  private <S extends Record> Optional<Bound<StepSection>> read(
      StepGrammar<S> grammar, YamlMapping written, Binder binder) {
    YamlMapping own = written.without(List.copyOf(grammars.foreign(grammar)));
    return binder
        .record(RecordShape.ofSection(grammar.section(), StepGrammars.OWNER), own)
        .map(
            bound -> {
              Map<String, Object> plain = plain(bound.mapping());
              return new Bound<>(
                  new StepSection(
                      String.valueOf(plain.get("id")), new StepContent<>(grammar, bound.value())),
                  plain);
            });
  }

  /**
   * Puts the keys in one order for all kinds. What other kinds have a default for is there too: the
   * plain form is the same as that of results which earlier versions wrote.
   */
  private Map<String, Object> plain(Map<?, ?> own) {
    Map<String, Object> plain = new LinkedHashMap<>();
    for (ParameterDescriptor parameter : grammars.parameters()) {
      Object value =
          own.containsKey(parameter.name())
              ? own.get(parameter.name())
              : defaults.get(parameter.name());
      if (value != null) {
        plain.put(parameter.name(), value);
      }
    }
    return Collections.unmodifiableMap(plain);
  }

  @Override
  public ObjectNode schema(Type type, SchemaParts parts) {
    ObjectNode schema = parts.node();
    ArrayNode kinds = schema.withArray("anyOf");
    grammars.sections().forEach(section -> kinds.add(parts.of(section)));
    return schema;
  }
}
