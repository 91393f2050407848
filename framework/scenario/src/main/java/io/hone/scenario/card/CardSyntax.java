package io.hone.scenario.card;

import io.hone.api.model.CardDraft.Extent;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.Order;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.ModelCard.Range;
import io.hone.api.model.Task;
import io.hone.host.component.KebabCase;
import io.hone.host.component.ParameterDescriptor;
import io.hone.scenario.binding.Binder;
import io.hone.scenario.binding.Bound;
import io.hone.scenario.binding.SchemaParts;
import io.hone.scenario.binding.ValueSyntax;
import io.hone.scenario.diagnostics.Spelling;
import io.hone.scenario.yaml.YamlMapping;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlScalar;
import io.hone.scenario.yaml.YamlSequence;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** How the values of a card are written that are more than numbers, lists and records. */
final class CardSyntax {
  private CardSyntax() {}

  /** Returns the syntaxes of all types of a card. */
  static List<ValueSyntax> all() {
    return List.of(
        new Words<>(Task.class),
        new Words<>(Layout.class),
        new Words<>(Order.class),
        new Words<>(OutputKind.class),
        new Extents(),
        new Ranges(),
        new Texts(),
        new FreeForms());
  }

  /** Returns a constant as cards have it: layouts in capitals, all else in lower case. */
  static String word(Enum<?> constant) {
    return constant instanceof Layout ? constant.name() : KebabCase.wordOf(constant);
  }

  private static Optional<Bound<Object>> refuse(
      ParameterDescriptor parameter, YamlNode node, Binder binder, String expected, String guess) {
    binder
        .diagnostics()
        .add(
            node.place(),
            "'" + parameter.name() + "' must be " + expected + ", not " + node.describe() + guess,
            parameter.name() + ": " + parameter.meaning());
    return Optional.empty();
  }

  /** Reads one of several words, in capitals or not. */
  private record Words<E extends Enum<E>>(Class<E> type) implements ValueSyntax {
    private List<String> words() {
      return Arrays.stream(type.getEnumConstants()).map(CardSyntax::word).toList();
    }

    @Override
    public Optional<? extends Bound<?>> read(
        ParameterDescriptor parameter, Type full, YamlNode node, Binder binder) {
      if (!(node.plain() instanceof String text)) {
        return refuse(parameter, node, binder, expected(), "");
      }
      for (E constant : type.getEnumConstants()) {
        if (word(constant).equalsIgnoreCase(text)) {
          return Optional.of(new Bound<>(constant, word(constant)));
        }
      }
      return refuse(parameter, node, binder, expected(), Spelling.didYouMean(text, words()));
    }

    private String expected() {
      return "one of " + String.join(", ", words());
    }

    @Override
    public ObjectNode schema(Type full, SchemaParts parts) {
      ObjectNode schema = parts.node();
      words().forEach(schema.withArray("enum")::add);
      return schema;
    }
  }

  /** Reads a number of rows or columns, or {@code any}. */
  private record Extents() implements ValueSyntax {
    @Override
    public Class<?> type() {
      return Extent.class;
    }

    @Override
    public Optional<? extends Bound<?>> read(
        ParameterDescriptor parameter, Type full, YamlNode node, Binder binder) {
      if ("any".equals(node.plain())) {
        return Optional.of(new Bound<>(Extent.ANY, "any"));
      }
      if (node.plain() instanceof Integer pixels && pixels > 0) {
        return Optional.of(new Bound<>(Extent.of(pixels), pixels));
      }
      return refuse(parameter, node, binder, "a whole number of at least 1, or any", "");
    }

    @Override
    public ObjectNode schema(Type full, SchemaParts parts) {
      ObjectNode schema = parts.node();
      schema
          .withArray("anyOf")
          .add(parts.node().put("type", "integer").put("minimum", 1))
          .add(parts.node().put("const", "any"));
      return schema;
    }
  }

  /** Reads {@code [black, white]}. */
  private record Ranges() implements ValueSyntax {
    @Override
    public Class<?> type() {
      return Range.class;
    }

    @Override
    public Optional<? extends Bound<?>> read(
        ParameterDescriptor parameter, Type full, YamlNode node, Binder binder) {
      if (node instanceof YamlSequence pair
          && pair.items().size() == 2
          && pair.items().get(0).plain() instanceof Number low
          && pair.items().get(1).plain() instanceof Number high
          && low.floatValue() < high.floatValue()
          && Float.isFinite(high.floatValue() - low.floatValue())) {
        return Optional.of(
            new Bound<>(new Range(low.floatValue(), high.floatValue()), List.of(low, high)));
      }
      return refuse(
          parameter, node, binder, "two numbers that rise, [black, white], such as [0, 255]", "");
    }

    @Override
    public ObjectNode schema(Type full, SchemaParts parts) {
      ObjectNode schema = parts.node().put("type", "array");
      schema.set("items", parts.node().put("type", "number"));
      return schema.put("minItems", 2).put("maxItems", 2);
    }
  }

  /** Reads a text as it is written. */
  private record Texts() implements ValueSyntax {
    @Override
    public Class<?> type() {
      return PlainText.class;
    }

    @Override
    public Optional<? extends Bound<?>> read(
        ParameterDescriptor parameter, Type full, YamlNode node, Binder binder) {
      return node instanceof YamlScalar scalar && scalar.value() != null
          ? Optional.of(new Bound<>(new PlainText(scalar.text()), scalar.text()))
          : refuse(parameter, node, binder, "text", "");
    }

    @Override
    public ObjectNode schema(Type full, SchemaParts parts) {
      ObjectNode schema = parts.node();
      schema.withArray("type").add("string").add("number").add("boolean");
      return schema;
    }
  }

  /** Reads a mapping of any keys. */
  private record FreeForms() implements ValueSyntax {
    @Override
    public Class<?> type() {
      return FreeForm.class;
    }

    @Override
    @SuppressWarnings("unchecked") // the plain form of a mapping is a map of text
    public Optional<? extends Bound<?>> read(
        ParameterDescriptor parameter, Type full, YamlNode node, Binder binder) {
      if (node instanceof YamlMapping mapping) {
        Map<String, Object> content = (Map<String, Object>) mapping.plain();
        return Optional.of(new Bound<>(new FreeForm(content), content));
      }
      return refuse(parameter, node, binder, "a mapping", "");
    }

    @Override
    public ObjectNode schema(Type full, SchemaParts parts) {
      return parts.node().put("type", "object");
    }
  }
}
