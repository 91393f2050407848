package io.hone.scenario.binding;

import io.hone.api.Param;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.KebabCase;
import io.hone.host.component.ParameterDescriptor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A record that a YAML mapping is bound to.
 *
 * @param type the record
 * @param owner whose keys they are, for errors: {@code attack 'fgsm'}
 * @param parameters one per record component, in their order; those of an inlined record in its
 *     place
 */
public record RecordShape<R extends Record>(
    Class<R> type, String owner, List<ParameterDescriptor> parameters) {

  /** Returns the shape of a component's parameters. */
  public static RecordShape<?> ofComponent(ComponentDescriptor component) {
    return new RecordShape<>(
        component.parameterType(),
        component.kind().word() + " '" + component.id() + "'",
        component.parameters());
  }

  /**
   * Returns the shape of a section of the framework's own, whose record components carry {@link
   * Param} too, but may be of any type that a {@link ValueSyntax} reads.
   */
  public static <R extends Record> RecordShape<R> ofSection(Class<R> type, String owner) {
    return new RecordShape<>(
        type, owner, Arrays.stream(type.getRecordComponents()).map(RecordShape::describe).toList());
  }

  private static ParameterDescriptor describe(RecordComponent component) {
    Param param = component.getAnnotation(Param.class);
    return new ParameterDescriptor(
        KebabCase.ofMember(component.getName()).orElseThrow(),
        List.of(component.getName()),
        component.getGenericType(),
        param.value(),
        defaultOf(component, param),
        param.min(),
        param.max(),
        param.unit(),
        choices(component.getType()),
        List.of());
  }

  private static Optional<String> defaultOf(RecordComponent component, Param param) {
    if (!param.def().equals(Param.REQUIRED)) {
      return Optional.of(param.def());
    }
    if (component.getType() == Optional.class) {
      return Optional.of("null");
    }
    return component.getType() == List.class ? Optional.of("[]") : Optional.empty();
  }

  private static List<String> choices(Class<?> type) {
    return type.isEnum()
        ? Stream.of(type.getEnumConstants())
            .map(constant -> KebabCase.ofConstant((Enum<?>) constant))
            .flatMap(Optional::stream)
            .toList()
        : List.of();
  }

  /** Returns the keys that may be here. */
  public List<String> keys() {
    return parameters.stream().map(ParameterDescriptor::name).toList();
  }
}
