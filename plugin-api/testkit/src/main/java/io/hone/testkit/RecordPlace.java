package io.hone.testkit;

import io.hone.api.Param;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A place in a record of parameters.
 *
 * @param path from the outer record to the value; more than one component where records are inlined
 */
record RecordPlace(List<RecordComponent> path) {
  /** Returns the first place that is wanted, inlined records looked into. */
  static Optional<RecordPlace> find(Record parameters, Predicate<RecordComponent> wanted) {
    return find(List.of(), parameters.getClass(), wanted);
  }

  private static Optional<RecordPlace> find(
      List<RecordComponent> outer, Class<?> type, Predicate<RecordComponent> wanted) {
    for (RecordComponent component : type.getRecordComponents()) {
      List<RecordComponent> path = new ArrayList<>(outer);
      path.add(component);
      Param param = component.getAnnotation(Param.class);
      boolean inlined = param != null && param.inline() && component.getType().isRecord();
      Optional<RecordPlace> found =
          inlined
              ? find(path, component.getType(), wanted)
              : Optional.of(new RecordPlace(path)).filter(place -> wanted.test(component));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Returns the type of the value. */
  Class<?> type() {
    return path.get(path.size() - 1).getType();
  }

  /** Returns the value of a record at this place. */
  Object value(Record parameters) {
    Object value = parameters;
    for (RecordComponent component : path) {
      value = value(value, component);
    }
    return value;
  }

  /** Returns a record with another value at this place. */
  <P extends Record> P with(P parameters, Object changed) {
    return with(parameters, path, changed);
  }

  @SuppressWarnings("unchecked") // a record's own canonical constructor
  private static <P extends Record> P with(
      P parameters, List<RecordComponent> path, Object changed) {
    List<RecordComponent> inner = path.subList(1, path.size());
    RecordComponent[] components = parameters.getClass().getRecordComponents();
    Object[] values =
        Arrays.stream(components)
            .map(
                component -> {
                  Object value = value(parameters, component);
                  if (!component.getName().equals(path.get(0).getName())) {
                    return value;
                  }
                  return inner.isEmpty() ? changed : with((Record) value, inner, changed);
                })
            .toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = parameters.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return (P) constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot make " + parameters + " with " + changed, e);
    }
  }

  private static Object value(Object parameters, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(parameters);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot read " + component.getName(), e);
    }
  }
}
