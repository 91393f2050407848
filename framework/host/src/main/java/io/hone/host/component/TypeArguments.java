package io.hone.host.component;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds what a class gives for the type parameter of a generic ancestor. */
final class TypeArguments {
  private TypeArguments() {}

  /**
   * Returns the class given for the only type parameter of {@code ancestor}, also where it passes
   * through the type arguments of superclasses; empty for a raw type or an open type variable.
   */
  static Optional<Class<?>> only(Class<?> component, Class<?> ancestor) {
    return search(component, ancestor, Map.of())
        .flatMap(
            argument -> argument instanceof Class<?> known ? Optional.of(known) : Optional.empty());
  }

  private static Optional<Type> search(
      Type type, Class<?> ancestor, Map<TypeVariable<?>, Type> known) {
    Class<?> raw;
    Map<TypeVariable<?>, Type> inside = new HashMap<>();
    if (type instanceof ParameterizedType parameterized) {
      raw = (Class<?>) parameterized.getRawType();
      Type[] arguments = parameterized.getActualTypeArguments();
      TypeVariable<?>[] variables = raw.getTypeParameters();
      for (int index = 0; index < variables.length; index++) {
        inside.put(variables[index], known.getOrDefault(arguments[index], arguments[index]));
      }
    } else if (type instanceof Class<?> plain) {
      raw = plain;
    } else {
      return Optional.empty();
    }
    if (raw == ancestor) {
      return Optional.ofNullable(inside.get(ancestor.getTypeParameters()[0]));
    }
    for (Type parent : raw.getGenericInterfaces()) {
      Optional<Type> found = search(parent, ancestor, inside);
      if (found.isPresent()) {
        return found;
      }
    }
    Type parent = raw.getGenericSuperclass();
    return parent == null ? Optional.empty() : search(parent, ancestor, inside);
  }
}
