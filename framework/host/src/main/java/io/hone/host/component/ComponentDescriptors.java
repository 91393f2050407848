package io.hone.host.component;

import io.hone.api.AttackProfile;
import io.hone.api.BadInputException;
import io.hone.api.Component;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.host.figure.FrameworkFigures;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the descriptor of a component from its annotations and checks everything it says. */
public final class ComponentDescriptors {
  private ComponentDescriptors() {}

  /**
   * Returns the descriptor of a component's class.
   *
   * @param kind that the class is meant to be
   * @param source the plugin's id and version, or {@code hone}
   * @throws BadInputException naming the class and everything that its author has to change
   */
  public static ComponentDescriptor read(Class<?> component, ComponentKind kind, String source) {
    List<String> problems = new ArrayList<>();
    checkClass(component, kind, problems);
    Optional<Class<? extends Record>> parameterType = parameterType(component, kind, problems);
    List<ParameterDescriptor> parameters =
        parameterType.map(new ParameterReader(problems)::read).orElse(List.of());
    Named named = component.getAnnotation(Named.class);
    checkNamed(named, problems);
    checkFigures(named, kind, problems);
    Optional<AttackProfile> profile =
        Optional.ofNullable(component.getAnnotation(AttackProfile.class));
    profile.ifPresent(found -> checkProfile(found, kind, problems));
    checkRadius(parameters, profile, problems);
    if (problems.isEmpty()) {
      ValueCheck.ofExample(parameters, named.example()).ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(
          source
              + ": the "
              + kind.word()
              + " "
              + component.getName()
              + " is not declared correctly:\n  "
              + String.join("\n  ", problems));
    }
    return new ComponentDescriptor(
        kind,
        named.id(),
        named.summary(),
        named.references(),
        named.example(),
        parameterType.orElseThrow(),
        parameters,
        source,
        List.of(named.figures()),
        profile);
  }

  private static void checkClass(Class<?> component, ComponentKind kind, List<String> problems) {
    String type = kind.type().getSimpleName();
    if (!kind.type().isAssignableFrom(component)) {
      problems.add("it does not implement " + type + ", which its service entry promises");
    } else if (!Arrays.asList(component.getInterfaces()).contains(kind.type())) {
      problems.add(
          "it must name "
              + type
              + " in its own implements clause; from a base class alone it is not found");
    }
    if (!Modifier.isPublic(component.getModifiers())
        || Modifier.isAbstract(component.getModifiers())) {
      problems.add("it must be a public class that is not abstract");
    } else if (Arrays.stream(component.getConstructors())
        .noneMatch(constructor -> constructor.getParameterCount() == 0)) {
      problems.add("it needs a public constructor without arguments");
    }
  }

  private static Optional<Class<? extends Record>> parameterType(
      Class<?> component, ComponentKind kind, List<String> problems) {
    if (!kind.type().isAssignableFrom(component)) {
      return Optional.empty();
    }
    Optional<Class<? extends Record>> type =
        TypeArguments.only(component, Component.class)
            .filter(Class::isRecord)
            .map(found -> found.asSubclass(Record.class));
    if (type.isEmpty()) {
      String name = kind.type().getSimpleName();
      problems.add(
          "it must say which record holds its parameters, as in " + name + "<MyClass.Params>");
    }
    return type;
  }

  private static void checkNamed(Named named, List<String> problems) {
    if (named == null) {
      problems.add("it carries no @Named");
      return;
    }
    if (!KebabCase.matches(named.id())) {
      problems.add("its id `" + named.id() + "` must be lower case words joined by hyphens");
    }
    if (!ParameterReader.isSentence(named.summary())) {
      problems.add("its summary must be a sentence that ends in a full stop");
    }
  }

  private static void checkRadius(
      List<ParameterDescriptor> parameters,
      Optional<AttackProfile> profile,
      List<String> problems) {
    boolean radius =
        parameters.stream().anyMatch(parameter -> parameter.unit() == Param.Unit.RADIUS);
    boolean norm =
        parameters.stream().anyMatch(ParameterDescriptor::isNormChoice)
            || profile.filter(found -> found.norms().length == 1).isPresent();
    if (radius && !norm) {
      problems.add(
          "a radius is measured in a norm: give it a parameter of type Norm or NormChoice, or an"
              + " @AttackProfile with one norm");
    }
  }

  /** What others measure must not take the place of what Hone measures. */
  private static void checkFigures(Named named, ComponentKind kind, List<String> problems) {
    if (named == null) {
      return;
    }
    if (kind == ComponentKind.METRIC
        && !FrameworkFigures.isOwnMetric(named.id())
        && FrameworkFigures.isTaken(named.id())) {
      problems.add(
          "its id `"
              + named.id()
              + "` is the name of a figure that Hone gives itself; a metric's figures appear under"
              + " its id, so choose another one");
    }
    for (String figure : named.figures()) {
      if (FrameworkFigures.isTaken(figure)) {
        problems.add("its figure `" + figure + "` is one that Hone gives itself; rename it");
      }
    }
  }

  private static void checkProfile(
      AttackProfile profile, ComponentKind kind, List<String> problems) {
    if (kind != ComponentKind.ATTACK) {
      problems.add("it carries @AttackProfile, which belongs to attacks only");
    }
    if (profile.formula().isBlank() || profile.cost().isBlank()) {
      problems.add("its @AttackProfile must tell formula and cost");
    }
    if (profile.goals().length == 0) {
      problems.add("its @AttackProfile must name a goal that the attack can pursue");
    }
  }
}
