package io.hone.scenario.document;

import io.hone.host.component.ParameterDescriptor;
import io.hone.scenario.DatasetChoice;
import io.hone.scenario.Validation;
import io.hone.scenario.binding.Binder;
import io.hone.scenario.binding.Bound;
import io.hone.scenario.binding.SchemaParts;
import io.hone.scenario.binding.ValueSyntax;
import io.hone.scenario.yaml.YamlMapping;
import io.hone.scenario.yaml.YamlNode;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Reads validations: {@code {fraction: 0.1}}, {@code {every: 10}}, {@code none}, or a data set. */
final class ValidationSyntax implements ValueSyntax {
  static final String FRACTION = "fraction";
  static final String EVERY = "every";
  static final String NONE = "none";

  private final DatasetSyntax datasets;

  ValidationSyntax(DatasetSyntax datasets) {
    this.datasets = datasets;
  }

  @Override
  public Class<?> type() {
    return Validation.class;
  }

  @Override
  public Optional<Bound<Validation>> read(
      ParameterDescriptor parameter, Type type, YamlNode node, Binder binder) {
    if (NONE.equals(node.plain())) {
      return Optional.of(new Bound<>(new Validation.None(), NONE));
    }
    if (!(node instanceof YamlMapping mapping) || !(mapping.has(FRACTION) || mapping.has(EVERY))) {
      return datasets
          .read(parameter, DatasetChoice.class, node, binder)
          .map(bound -> new Bound<>(new Validation.Separate(bound.value()), bound.plain()));
    }
    String key = mapping.has(FRACTION) ? FRACTION : EVERY;
    YamlNode share = mapping.get(key).orElseThrow();
    if (mapping.entries().size() > 1) {
      binder
          .diagnostics()
          .add(
              mapping.place(),
              "'" + key + "' excludes other keys",
              "validate on {fraction: 0.1} of the training images, or on a data set");
      return Optional.empty();
    }
    return key.equals(FRACTION) ? fraction(share, binder) : every(share, binder);
  }

  private static Optional<Bound<Validation>> fraction(YamlNode node, Binder binder) {
    if (node.plain() instanceof Double share && share > 0 && share < 1) {
      return Optional.of(new Bound<>(new Validation.Fraction(share), Map.of(FRACTION, share)));
    }
    binder
        .diagnostics()
        .add(node.place(), "'fraction' must be a number between 0 and 1, not " + node.describe());
    return Optional.empty();
  }

  private static Optional<Bound<Validation>> every(YamlNode node, Binder binder) {
    if (node.plain() instanceof Number number
        && number.doubleValue() == number.intValue()
        && number.intValue() >= 2) {
      return Optional.of(
          new Bound<>(new Validation.Every(number.intValue()), Map.of(EVERY, number.intValue())));
    }
    binder
        .diagnostics()
        .add(node.place(), "'every' must be a whole number from 2 on, not " + node.describe());
    return Optional.empty();
  }

  @Override
  public ObjectNode schema(Type type, SchemaParts parts) {
    ObjectNode fraction = parts.node().put("type", "object").put("additionalProperties", false);
    fraction
        .putObject("properties")
        .putObject(FRACTION)
        .put("type", "number")
        .put("exclusiveMinimum", 0)
        .put("exclusiveMaximum", 1);
    fraction.withArray("required").add(FRACTION);
    ObjectNode every = parts.node().put("type", "object").put("additionalProperties", false);
    every.putObject("properties").putObject(EVERY).put("type", "integer").put("minimum", 2);
    every.withArray("required").add(EVERY);
    ObjectNode none = parts.node().put("const", NONE);
    ObjectNode schema = parts.node();
    schema.withArray("anyOf").add(fraction).add(every).add(none).add(parts.of(DatasetChoice.class));
    return schema;
  }
}
