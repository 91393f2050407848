package io.hone.host.component;

import io.hone.api.Param;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Checks the values that a component's own annotations hold: defaults and the example. */
final class ValueCheck {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setSchema(new CoreSchema()).setUseMarks(false).build();

  private ValueCheck() {}

  /** Returns what is wrong with a parameter's default. */
  static Optional<String> ofDefault(ParameterDescriptor parameter) {
    if (parameter.def().isEmpty()) {
      return Optional.empty();
    }
    String text = parameter.def().get();
    try {
      return value(parameter, parse(text)).map(problem -> "the default `" + text + "` " + problem);
    } catch (YamlEngineException e) {
      return Optional.of("the default `" + text + "` is not YAML");
    }
  }

  /** Returns what is wrong with a component's example. */
  static Optional<String> ofExample(List<ParameterDescriptor> parameters, String example) {
    try {
      return mapping(parameters, parse(example))
          .map(problem -> "the example `" + example + "` " + problem);
    } catch (YamlEngineException e) {
      return Optional.of("the example `" + example + "` is not YAML");
    }
  }

  private static Object parse(String text) {
    return new Load(SETTINGS).loadFromString(text);
  }

  private static Optional<String> value(ParameterDescriptor parameter, Object value) {
    ValueType type = ValueType.of(parameter.type()).orElseThrow();
    switch (type.container()) {
      case OPTIONAL:
        boolean empty = value == null || parameter.isAutomatic() && value.equals(Param.AUTO);
        return empty ? Optional.empty() : element(parameter, type, value);
      case LIST:
        if (!(value instanceof List<?> list)) {
          return Optional.of("is not a list");
        }
        return list.stream()
            .map(each -> element(parameter, type, each))
            .flatMap(Optional::stream)
            .findFirst();
      default:
        return element(parameter, type, value);
    }
  }

  private static Optional<String> element(
      ParameterDescriptor parameter, ValueType type, Object value) {
    if (type.isRecord()) {
      return mapping(parameter.nested(), value);
    }
    if (type.isNumber()) {
      return number(parameter, type, value);
    }
    if (type.uses().isPresent()) {
      return use(type.uses().get(), value);
    }
    if (type.element() == Boolean.class) {
      return value instanceof Boolean ? Optional.empty() : Optional.of("is not true or false");
    }
    if (type.element().isEnum()) {
      return value instanceof String choice && parameter.choices().contains(choice)
          ? Optional.empty()
          : Optional.of("is none of " + String.join(", ", parameter.choices()));
    }
    return value instanceof String ? Optional.empty() : Optional.of("is not text; quote it");
  }

  /** Which components there are, and what parameters they have, shows when the value is bound. */
  private static Optional<String> use(ComponentKind kind, Object value) {
    boolean sound =
        value instanceof String
            || value instanceof Map<?, ?> mapping
                && mapping.get("use") instanceof String
                && Set.of("use", "with").containsAll(mapping.keySet());
    return sound
        ? Optional.empty()
        : Optional.of("is no " + kind.word() + " such as {use: ID, with: {...}}");
  }

  private static Optional<String> number(
      ParameterDescriptor parameter, ValueType type, Object value) {
    BigDecimal number;
    if (value instanceof Number plain && (!type.isWhole() || isWhole(plain))) {
      double rounded = plain.doubleValue();
      if (!Double.isFinite(rounded)) {
        // Infinity is a number to YAML; it has no decimal form and only the range can refuse it.
        return Double.isNaN(rounded) ? Optional.of("is not a number") : range(parameter, rounded);
      }
      number = new BigDecimal(plain.toString());
    } else if (value instanceof String text
        && parameter.unit().isPixelSize()
        && PixelSize.parse(text).isPresent()) {
      number = BigDecimal.valueOf(PixelSize.parse(text).getAsDouble());
    } else {
      return Optional.of(type.isWhole() ? "is not a whole number" : "is not a number");
    }
    if (type.isWhole()) {
      boolean fits =
          type.element() == Integer.class
              ? number.toBigInteger().bitLength() < Integer.SIZE
              : number.toBigInteger().bitLength() < Long.SIZE;
      if (!fits) {
        return Optional.of("is too large");
      }
    }
    return range(parameter, number.doubleValue());
  }

  private static boolean isWhole(Number number) {
    return number instanceof Integer || number instanceof Long || number instanceof BigInteger;
  }

  private static Optional<String> range(ParameterDescriptor parameter, double number) {
    if (number < parameter.min()) {
      return Optional.of("is below the smallest value " + parameter.min());
    }
    if (number > parameter.max()) {
      return Optional.of("is above the largest value " + parameter.max());
    }
    return Optional.empty();
  }

  private static Optional<String> mapping(List<ParameterDescriptor> parameters, Object value) {
    if (!(value instanceof Map<?, ?> mapping)) {
      return Optional.of("is not a mapping such as {key: value}");
    }
    List<Object> unknown = new ArrayList<>(mapping.keySet());
    for (ParameterDescriptor parameter : parameters) {
      unknown.remove(parameter.name());
      if (mapping.containsKey(parameter.name())) {
        Optional<String> problem = value(parameter, mapping.get(parameter.name()));
        if (problem.isPresent()) {
          return Optional.of("has a wrong `" + parameter.name() + "`, which " + problem.get());
        }
      } else if (parameter.def().isEmpty()) {
        return Optional.of("lacks `" + parameter.name() + "`");
      }
    }
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of("has a key `" + unknown.get(0) + "` that is no parameter");
  }
}
