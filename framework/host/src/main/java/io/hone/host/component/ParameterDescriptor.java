package io.hone.host.component;

import io.hone.api.Param;
import io.hone.api.geometry.Norm;
import io.hone.api.geometry.NormChoice;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a component, read from its {@link Param}.
 *
 * @param name the YAML key: the record component's name in lower case with hyphens
 * @param path the names of the record components that lead to the value: one, or several where
 *     records are inlined
 * @param type its generic type
 * @param meaning what it means
 * @param def the default as YAML text; empty if it must be given (an {@code Optional} or {@code
 *     List} without default has {@code null} or {@code []})
 * @param min smallest value allowed
 * @param max largest value allowed
 * @param unit how a number may be written
 * @param choices the constants of an enum as written in YAML, else empty
 * @param nested the parameters of a nested record (or of a list's record elements), else empty
 */
public record ParameterDescriptor(
    String name,
    List<String> path,
    Type type,
    String meaning,
    Optional<String> def,
    double min,
    double max,
    Param.Unit unit,
    List<String> choices,
    List<ParameterDescriptor> nested) {
  /** Copies the path. */
  public ParameterDescriptor {
    path = List.copyOf(path);
  }

  /** Returns the same parameter with another default, as YAML text. */
  ParameterDescriptor withDefault(String text) {
    return new ParameterDescriptor(
        name, path, type, meaning, Optional.of(text), min, max, unit, choices, nested);
  }

  /** Returns whether this parameter is an attack with its parameters, or a list of attacks. */
  public boolean holdsAttacks() {
    return uses().equals(Optional.of(ComponentKind.ATTACK));
  }

  /** Returns whether the word {@code auto} leaves the value to the component. */
  public boolean isAutomatic() {
    return def.equals(Optional.of(Param.AUTO))
        && ValueType.of(type).filter(ValueType::isOptional).isPresent();
  }

  /** Returns the kind of component that this parameter names with its parameters, if it does. */
  public Optional<ComponentKind> uses() {
    return ValueType.of(type).flatMap(ValueType::uses);
  }

  /** Returns whether this parameter chooses the norm of its component. */
  boolean isNormChoice() {
    return type instanceof Class<?> raw && raw.isEnum() && NormChoice.class.isAssignableFrom(raw);
  }

  /** Returns the norm that a word such as {@code linf} chooses. */
  Optional<Norm> norm(@Nullable Object word) {
    return Arrays.stream(((Class<?>) type).getEnumConstants())
        .filter(
            constant -> KebabCase.ofConstant((Enum<?>) constant).equals(Optional.ofNullable(word)))
        .map(constant -> ((NormChoice) constant).norm())
        .findFirst();
  }
}
