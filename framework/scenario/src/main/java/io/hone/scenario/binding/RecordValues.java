package io.hone.scenario.binding;

import io.hone.api.AttackUse;
import io.hone.api.model.ModelReference;
import io.hone.host.component.KebabCase;
import io.hone.host.component.ParameterDescriptor;
import io.hone.network.ArchitectureUse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values of a record of parameters as a scenario would name them. */
final class RecordValues {
  private RecordValues() {}

  /** Returns the values by the names that the descriptors give them; absent ones are left out. */
  static Map<String, Object> of(Record values, List<ParameterDescriptor> parameters) {
    Map<String, Object> named = new LinkedHashMap<>();
    for (ParameterDescriptor parameter : parameters) {
      Object value = plain(read(values, parameter.path()), parameter);
      if (value != null) {
        named.put(parameter.name(), value);
      }
    }
    return named;
  }

  private static @Nullable Object plain(Object value, ParameterDescriptor parameter) {
    if (value instanceof Optional<?> optional) {
      return optional.map(held -> plain(held, parameter)).orElse(null);
    }
    if (value instanceof List<?> items) {
      return items.stream().map(item -> plain(item, parameter)).toList();
    }
    if (value instanceof ModelReference model) {
      return model.path();
    }
    if (value instanceof AttackUse attack) {
      return use(attack.id(), attack.parameters());
    }
    if (value instanceof ArchitectureUse architecture) {
      return use(architecture.id(), architecture.parameters());
    }
    if (value instanceof Enum<?> constant) {
      return KebabCase.wordOf(constant);
    }
    return value instanceof Record nested ? of(nested, parameter.nested()) : value;
  }

  private static Map<String, Object> use(String id, Map<String, Object> parameters) {
    return Map.of(ComponentSyntax.USE, id, ComponentSyntax.WITH, parameters);
  }

  private static Object read(Record values, List<String> path) {
    Object value = values;
    for (String component : path) {
      value = read(value, component);
    }
    return value;
  }

  private static Object read(Object values, String component) {
    try {
      Method accessor = values.getClass().getMethod(component);
      // A public record inside a class that is not public is readable all over, its method is not.
      accessor.setAccessible(true);
      return accessor.invoke(values);
    } catch (IllegalAccessException | NoSuchMethodException e) {
      throw new IllegalArgumentException(values.getClass() + " has no readable " + component, e);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(component + " cannot be read", e.getCause());
    }
  }
}
