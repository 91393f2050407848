package io.hone;

import io.hone.api.BadInputException;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentDescriptors;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.host.component.OptionalComponents;
import io.hone.scenario.binding.ComponentParameters;
import io.hone.scenario.diagnostics.Spelling;
import java.util.List;
import java.util.Map;

/** Finds the component that a program names, by its id or by its class, and binds parameters. */
record ComponentChoice(ComponentRegistry registry) {
  /**
   * Chooses an installed component.
   *
   * @param <C> the kind's extension point, such as {@code Attack<Record>}
   * @throws BadInputException if there is no such component, or a parameter is wrong
   */
  <C> BoundComponent<C> byId(ComponentKind kind, String id, Map<String, ?> parameters) {
    InstalledComponent<C> installed =
        registry.<C>find(kind, id).orElseThrow(() -> unknown(kind, id));
    return new ComponentParameters(registry).bind(installed, parameters);
  }

  private BadInputException unknown(ComponentKind kind, String id) {
    List<String> known = registry.descriptors(kind).stream().map(ComponentDescriptor::id).toList();
    return new BadInputException(
        "there is no %s '%s'%s; %s%s"
            .formatted(
                kind.word(),
                id,
                Spelling.didYouMean(id, known),
                known.isEmpty()
                    ? "none is installed: add plugin jars to the class path or to the builder"
                    : "installed are " + String.join(", ", known),
                OptionalComponents.howToInstall(kind, id).map(how -> "; " + how).orElse("")));
  }

  /**
   * Chooses a component that need not be installed.
   *
   * @param <C> the kind's extension point; the caller's own bounds hold the class to it
   * @throws BadInputException if the class is not declared correctly, or a parameter is wrong
   */
  <C> BoundComponent<C> byClass(ComponentKind kind, Class<?> type, Record parameters) {
    ComponentDescriptor descriptor = ComponentDescriptors.read(type, kind, "class path");
    @SuppressWarnings("unchecked") // the caller's bounds say which extension point it is
    C instance = (C) instance(type);
    return new ComponentParameters(registry)
        .bind(new InstalledComponent<>(descriptor, instance), parameters);
  }

  private static Object instance(Class<?> type) {
    try {
      return type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new BadInputException(type.getName() + " cannot be created: " + e, e);
    }
  }
}
