package io.hone.host.component;

import io.hone.api.Param;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the parameters of a record and collects what is wrong with their declarations. */
final class ParameterReader {
  private final List<String> problems;
  private final Deque<Class<?>> open = new ArrayDeque<>();

  ParameterReader(List<String> problems) {
    this.problems = problems;
  }

  /** Returns the parameters of a record, those of inlined records among them. */
  List<ParameterDescriptor> read(Class<?> parameters) {
    List<ParameterDescriptor> read = read(parameters, List.of());
    refuseTwins(parameters, read);
    return read;
  }

  private List<ParameterDescriptor> read(Class<?> parameters, List<String> outer) {
    if (open.contains(parameters)) {
      problems.add("the record " + parameters.getSimpleName() + " contains itself");
      return List.of();
    }
    open.push(parameters);
    List<ParameterDescriptor> read =
        Arrays.stream(parameters.getRecordComponents())
            .flatMap(component -> read(component, path(outer, component)).stream())
            .toList();
    open.pop();
    return read;
  }

  private static List<String> path(List<String> outer, RecordComponent component) {
    return Stream.concat(outer.stream(), Stream.of(component.getName())).toList();
  }

  /** Only an inlined record can bring a name that is there already. */
  private void refuseTwins(Class<?> parameters, List<ParameterDescriptor> read) {
    Map<String, ParameterDescriptor> known = new HashMap<>();
    for (ParameterDescriptor parameter : read) {
      ParameterDescriptor twin = known.putIfAbsent(parameter.name(), parameter);
      if (twin != null) {
        problems.add(
            "%s: the parameter `%s` is declared twice, by %s and by %s; rename one of them"
                .formatted(
                    parameters.getSimpleName(),
                    parameter.name(),
                    String.join(".", twin.path()),
                    String.join(".", parameter.path())));
      }
    }
  }

  private List<ParameterDescriptor> read(RecordComponent component, List<String> path) {
    Param param = component.getAnnotation(Param.class);
    return param != null && param.inline()
        ? inlined(component, param, path)
        : single(component, param, path).stream().toList();
  }

  private List<ParameterDescriptor> inlined(
      RecordComponent component, Param param, List<String> path) {
    String place = place(component);
    boolean bounded = Double.isFinite(param.min()) || Double.isFinite(param.max());
    if (!ValueType.of(component.getType()).filter(ValueType::isRecord).isPresent()) {
      problems.add(
          place + "only a record can be inlined, not " + component.getGenericType().getTypeName());
      return List.of();
    }
    if (!param.value().isEmpty() || bounded || param.unit() != Param.Unit.NONE) {
      problems.add(
          place + "an inlined record has no meaning, bounds or unit; its parameters have theirs");
    }
    List<ParameterDescriptor> read = read(component.getType(), path);
    if (param.def().equals(Param.REQUIRED)) {
      return read;
    }
    List<String> wrong = new ArrayList<>();
    List<ParameterDescriptor> changed = InlinedDefaults.apply(param.def(), read, wrong);
    wrong.forEach(problem -> problems.add(place + problem));
    return changed;
  }

  private static String place(RecordComponent component) {
    return component.getDeclaringRecord().getSimpleName() + "." + component.getName() + ": ";
  }

  private Optional<ParameterDescriptor> single(
      RecordComponent component, Param param, List<String> path) {
    String place = place(component);
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
              + "; int, long, float, double, boolean, String, Path, ModelReference, AttackUse,"
              + " ClassifierUse, ImageToImageUse, an enum, a record, and a List or Optional of these"
              + " can");
      return Optional.empty();
    }
    ParameterDescriptor descriptor = describe(component, name.get(), type.get(), param, path);
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
      RecordComponent component, String name, ValueType type, Param param, List<String> path) {
    return new ParameterDescriptor(
        name,
        path,
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
