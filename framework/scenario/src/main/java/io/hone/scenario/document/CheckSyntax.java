package io.hone.scenario.document;

import io.hone.host.component.ParameterDescriptor;
import io.hone.scenario.CheckChoice;
import io.hone.scenario.binding.Binder;
import io.hone.scenario.binding.Bound;
import io.hone.scenario.binding.RecordShape;
import io.hone.scenario.binding.SchemaParts;
import io.hone.scenario.binding.ValueSyntax;
import io.hone.scenario.yaml.YamlMapping;
import io.hone.scenario.yaml.YamlNode;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what is checked: {@code true}, {@code false}, or a mapping such as {@code {samples: 20}}.
 */
final class CheckSyntax implements ValueSyntax {
  private static final RecordShape<CheckSection> SECTION =
      RecordShape.ofSection(CheckSection.class, "'check'");

  private final KnownChecks known;

  CheckSyntax(KnownChecks known) {
    this.known = known;
  }

  @Override
  public Class<?> type() {
    return CheckChoice.class;
  }

  @Override
  public Optional<Bound<CheckChoice>> read(
      ParameterDescriptor parameter, Type type, YamlNode node, Binder binder) {
    if (Boolean.FALSE.equals(node.plain())) {
      return Optional.of(new Bound<>(CheckChoice.NONE, false));
    }
    YamlNode keys =
        Boolean.TRUE.equals(node.plain()) ? new YamlMapping(node.place(), List.of()) : node;
    if (!(keys instanceof YamlMapping mapping)) {
      binder
          .diagnostics()
          .add(
              node.place(),
              "'check' must be true, false or a mapping, not " + node.describe(),
              "known there: " + String.join(", ", SECTION.keys()));
      return Optional.empty();
    }
    return binder
        .record(SECTION, mapping)
        .flatMap(
            section ->
                choice(section.value(), mapping, binder)
                    .map(choice -> new Bound<>(choice, section.plain())));
  }

  private Optional<CheckChoice> choice(CheckSection section, YamlMapping mapping, Binder binder) {
    List<String> skip = section.skip().stream().map(CheckName::id).toList();
    List<String> only = section.only().stream().map(CheckName::id).toList();
    List<String> chosen =
        known.ids().stream()
            .filter(id -> !skip.contains(id) && (only.isEmpty() || only.contains(id)))
            .toList();
    if (chosen.isEmpty() && !known.ids().isEmpty()) {
      binder
          .diagnostics()
          .add(
              mapping.place(),
              "'skip' and 'only' leave no check",
              "write check: false to make none, or name fewer checks in 'skip'");
      return Optional.empty();
    }
    return Optional.of(
        new CheckChoice(section.samples(), chosen, section.twin().map(ModelSection::choice)));
  }

  @Override
  public ObjectNode schema(Type type, SchemaParts parts) {
    ObjectNode schema = parts.node();
    schema
        .withArray("anyOf")
        .add(parts.node().put("type", "boolean"))
        .add(parts.of(CheckSection.class));
    return schema;
  }
}
