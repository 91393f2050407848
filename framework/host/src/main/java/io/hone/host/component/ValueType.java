package io.hone.host.component;

import io.hone.api.AttackUse;
import io.hone.api.model.ModelReference;
import io.hone.network.ClassifierUse;
import io.hone.network.ImageToImageUse;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The type of a parameter, taken apart.
 *
 * @param container whether it is one value, a list or an optional one
 * @param element the class of the value or of each element, never a primitive
 */
record ValueType(Container container, Class<?> element) {
  /** How many values a parameter holds. */
  enum Container {
    SINGLE,
    LIST,
    OPTIONAL
  }

  private static final Map<Class<?>, Class<?>> PRIMITIVES =
      Map.of(
          int.class, Integer.class,
          long.class, Long.class,
          float.class, Float.class,
          double.class, Double.class,
          boolean.class, Boolean.class);

  /** Components with their parameters, each with its kind. */
  private static final Map<Class<?>, ComponentKind> USES =
      Map.of(
          AttackUse.class, ComponentKind.ATTACK,
          ClassifierUse.class, ComponentKind.ARCHITECTURE,
          ImageToImageUse.class, ComponentKind.ARCHITECTURE);

  /** Returns the type taken apart, or nothing if parameters cannot have it. */
  static Optional<ValueType> of(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      Container container =
          parameterized.getRawType() == List.class
              ? Container.LIST
              : parameterized.getRawType() == Optional.class ? Container.OPTIONAL : null;
      if (container == null
          || !(parameterized.getActualTypeArguments()[0] instanceof Class<?> element)
          || !isValue(element)) {
        return Optional.empty();
      }
      return Optional.of(new ValueType(container, element));
    }
    if (!(type instanceof Class<?> single)) {
      return Optional.empty();
    }
    // A boxed single value could be null, which no parameter is: Optional says that it may be
    // absent.
    Class<?> element = PRIMITIVES.get(single);
    if (element == null && (PRIMITIVES.containsValue(single) || !isValue(single))) {
      return Optional.empty();
    }
    return Optional.of(new ValueType(Container.SINGLE, element == null ? single : element));
  }

  private static boolean isValue(Class<?> type) {
    return PRIMITIVES.containsValue(type)
        || type == String.class
        || type == Path.class
        || type == ModelReference.class
        || USES.containsKey(type)
        || type.isEnum()
        || type.isRecord();
  }

  boolean isOptional() {
    return container == Container.OPTIONAL;
  }

  boolean isWhole() {
    return element == Integer.class || element == Long.class;
  }

  boolean isFraction() {
    return element == Float.class || element == Double.class;
  }

  boolean isNumber() {
    return isWhole() || isFraction();
  }

  /** Returns the kind of which each value is a component with its parameters. */
  Optional<ComponentKind> uses() {
    return Optional.ofNullable(USES.get(element));
  }

  /** Returns whether each value is a record of further parameters. */
  boolean isRecord() {
    return element.isRecord() && element != ModelReference.class;
  }
}
