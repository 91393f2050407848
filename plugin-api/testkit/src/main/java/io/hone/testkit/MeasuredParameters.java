package io.hone.testkit;

import io.hone.api.AttackProfile;
import io.hone.api.Param;
import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Norm;
import io.hone.api.geometry.NormChoice;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parameters of an attack with the norm that they make it work in.
 *
 * @param norm empty where neither a {@link NormChoice} nor the attack's profile tells
 */
record MeasuredParameters<P extends Record>(P parameters, Optional<Norm> norm) {
  /** Returns the parameters once for each norm that they can choose. */
  static <P extends Record> List<MeasuredParameters<P>> inEveryNorm(P parameters, Class<?> attack) {
    Optional<RecordPlace> choice = RecordPlace.find(parameters, MeasuredParameters::isNormChoice);
    if (choice.isEmpty()) {
      return List.of(new MeasuredParameters<>(parameters, onlyNorm(attack)));
    }
    List<MeasuredParameters<P>> variants = new ArrayList<>();
    for (Object constant : choice.get().type().getEnumConstants()) {
      Norm norm = ((NormChoice) constant).norm();
      variants.add(
          new MeasuredParameters<>(choice.get().with(parameters, constant), Optional.of(norm)));
    }
    return variants;
  }

  private static Optional<Norm> onlyNorm(Class<?> attack) {
    return Optional.ofNullable(attack.getAnnotation(AttackProfile.class))
        .filter(profile -> profile.norms().length == 1)
        .map(profile -> profile.norms()[0]);
  }

  /** Returns the ball of the parameter of unit {@code RADIUS}, where there is one. */
  Optional<Ball> ball() {
    return RecordPlace.find(parameters, MeasuredParameters::isRadius)
        .flatMap(place -> given(place.value(parameters)))
        .flatMap(radius -> norm.map(known -> ball(known, radius)));
  }

  private static Optional<?> given(Object radius) {
    return radius instanceof Optional<?> optional ? optional : Optional.of(radius);
  }

  private static Ball ball(Norm norm, Object radius) {
    return radius instanceof Float single
        ? new Ball(norm, single)
        : new Ball(norm, ((Number) radius).doubleValue());
  }

  private static boolean isNormChoice(RecordComponent component) {
    return component.getType().isEnum() && NormChoice.class.isAssignableFrom(component.getType());
  }

  private static boolean isRadius(RecordComponent component) {
    Param param = component.getAnnotation(Param.class);
    boolean number = component.getType() == float.class || component.getType() == double.class;
    boolean optional = component.getType() == Optional.class;
    return (number || optional) && param != null && param.unit() == Param.Unit.RADIUS;
  }
}
