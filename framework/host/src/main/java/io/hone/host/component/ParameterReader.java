package io.hone.host.component;

import io.hone.api.Param;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Reads the parameters of a record and collects what is wrong with their declarations. */
final class ParameterReader {
  private final List<String> problems;
  private final Deque<Class<?>> open = new ArrayDeque<>();

  ParameterReader(List<String> problems) {
    this.problems = problems;
  }

  List<ParameterDescriptor> read(Class<?> parameters) {
    if (open.contains(parameters)) {
      problems.add("the record " + parameters.getSimpleName() + " contains itself");
      return List.of();
    }
    open.push(parameters);
    List<ParameterDescriptor> read =
        Arrays.stream(parameters.getRecordComponents())
            .map(this::read)
            .flatMap(Optional::stream)
            .toList();
    open.pop();
    return read;
  }

  private Optional<ParameterDescriptor> read(RecordComponent component) {
    String place =
        component.getDeclaringRecord().getSimpleName() + "." + component.getName() + ": ";
    Param param = component.getAnnotation(Param.class);
    if (param == null) {
      problems.add(place + "carries no @Param");
      return Optional.empty();
    }
    Optional<String> name = KebabCase.ofMember(component.getName());
    if (name.isEmpty()) {
      problems.add(place + "a name such as maxSteps is needed, one capital a word");
      return Optional.empty();
    }
    Optional<ValueType> type = ValueType.of(component.getGenericType());
    if (type.isEmpty()) {
      problems.add(
          place
              + "parameters cannot be of type "
              + component.getGenericType().getTypeName()
              + "; int, long, float, double, boolean, String, Path, ModelReference, an enum, a"
              + " record, and a List or Optional of these can");
      return Optional.empty();
    }
    ParameterDescriptor descriptor = describe(component, name.get(), type.get(), param);
    List<String> found = new ArrayList<>();
    if (!isSentence(param.value())) {
      found.add("its meaning must be a sentence that ends in a full stop");
    }
    boolean bounded = Double.isFinite(param.min()) || Double.isFinite(param.max());
    if (bounded && !type.get().isNumber()) {
      found.add("only a number can have min and max");
    }
    if (!(param.min() <= param.max())) {
      found.add("min " + param.min() + " is above max " + param.max());
    }
    if (param.unit().isPixelSize() && !type.get().isFraction()) {
      found.add("only a float or double can have the unit " + param.unit());
    }
    if (found.isEmpty()) {
      ValueCheck.ofDefault(descriptor).ifPresent(found::add);
    }
    found.forEach(problem -> problems.add(place + problem));
    return Optional.of(descriptor);
  }

  private ParameterDescriptor describe(
      RecordComponent component, String name, ValueType type, Param param) {
    return new ParameterDescriptor(
        name,
        component.getName(),
        component.getGenericType(),
        param.value(),
        defaultOf(type, param),
        param.min(),
        param.max(),
        param.unit(),
        choices(type.element()),
        type.isRecord() ? read(type.element()) : List.of());
  }

  private static Optional<String> defaultOf(ValueType type, Param param) {
    if (!param.def().equals(Param.REQUIRED)) {
      return Optional.of(param.def());
    }
    return switch (type.container()) {
      case SINGLE -> Optional.empty();
      case LIST -> Optional.of("[]");
      case OPTIONAL -> Optional.of("null");
    };
  }

  private List<String> choices(Class<?> type) {
    if (!type.isEnum()) {
      return List.of();
    }
    List<String> choices = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      KebabCase.ofConstant((Enum<?>) constant)
          .ifPresentOrElse(
              choices::add,
              () ->
                  problems.add(
                      type.getSimpleName()
                          + "."
                          + constant
                          + ": a name such as NEXT_BEST is needed"));
    }
    return List.copyOf(choices);
  }

  /** Returns whether a text can be in a listing: starts upright, ends in a full stop. */
  static boolean isSentence(String text) {
    return text.length() > 1
        && text.endsWith(".")
        && text.equals(text.strip())
        && text.lines().count() == 1;
  }
}
