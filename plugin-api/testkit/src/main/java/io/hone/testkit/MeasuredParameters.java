package io.hone.testkit;

import io.hone.api.attack.AttackProfile;
import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Norm;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Parameters of an attack with the norm that they make it work in.
 *
 * @param norm empty where neither a parameter {@code norm} nor the attack's profile tells
 */
record MeasuredParameters<P extends Record>(P parameters, Optional<Norm> norm) {
  private static final String NORM = "norm";
  private static final String EPSILON = "epsilon";

  /** Returns the parameters once for each value that a parameter {@code norm} can have. */
  static <P extends Record> List<MeasuredParameters<P>> inEveryNorm(P parameters, Class<?> attack) {
    Optional<RecordComponent> choice =
        component(parameters, NORM).filter(component -> component.getType().isEnum());
    if (choice.isEmpty()) {
      return List.of(new MeasuredParameters<>(parameters, onlyNorm(attack)));
    }
    List<MeasuredParameters<P>> variants = new ArrayList<>();
    for (Object constant : choice.get().getType().getEnumConstants()) {
      Norm norm = Norm.valueOf(((Enum<?>) constant).name());
      variants.add(new MeasuredParameters<>(with(parameters, constant), Optional.of(norm)));
    }
    return variants;
  }

  private static Optional<Norm> onlyNorm(Class<?> attack) {
    return Optional.ofNullable(attack.getAnnotation(AttackProfile.class))
        .filter(profile -> profile.norms().length == 1)
        .map(profile -> profile.norms()[0]);
  }

  /** Returns the ball of the parameter {@code epsilon}, where there is one and a norm. */
  Optional<Ball> ball() {
    return component(parameters, EPSILON)
        .flatMap(
            component ->
                norm.map(
                    known ->
                        new Ball(known, ((Number) value(parameters, component)).floatValue())));
  }

  private static Optional<RecordComponent> component(Record parameters, String name) {
    return Arrays.stream(parameters.getClass().getRecordComponents())
        .filter(component -> component.getName().equals(name))
        .findFirst();
  }

  @SuppressWarnings("unchecked") // a record's own canonical constructor
  private static <P extends Record> P with(P parameters, Object norm) {
    RecordComponent[] components = parameters.getClass().getRecordComponents();
    Object[] values =
        Arrays.stream(components)
            .map(
                component -> component.getName().equals(NORM) ? norm : value(parameters, component))
            .toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = parameters.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return (P) constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot make " + parameters + " with " + norm, e);
    }
  }

  private static Object value(Record parameters, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(parameters);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot read " + component.getName(), e);
    }
  }
}
