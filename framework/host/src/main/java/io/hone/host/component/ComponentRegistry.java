package io.hone.host.component;

import io.hone.api.BadInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Every component that scenarios may use, by kind and id. */
public final class ComponentRegistry {
  private final Map<ComponentKind, SortedMap<String, InstalledComponent<?>>> components =
      new EnumMap<>(ComponentKind.class);

  /**
   * Creates a registry.
   *
   * @throws BadInputException if two components of one kind have the same id
   */
  public ComponentRegistry(List<InstalledComponent<?>> components) {
    List<String> duplicates = new ArrayList<>();
    for (InstalledComponent<?> component : components) {
      ComponentDescriptor added = component.descriptor();
      InstalledComponent<?> known =
          this.components
              .computeIfAbsent(added.kind(), kind -> new TreeMap<>())
              .putIfAbsent(added.id(), component);
      if (known != null) {
        duplicates.add(
            "the %s `%s` is there twice, in %s and in %s; remove one of them"
                .formatted(
                    added.kind().word(), added.id(), known.descriptor().source(), added.source()));
      }
    }
    if (!duplicates.isEmpty()) {
      throw new BadInputException(String.join("\n", duplicates));
    }
  }

  /** Returns the descriptors of one kind, sorted by id. */
  public List<ComponentDescriptor> descriptors(ComponentKind kind) {
    return ofKind(kind).values().stream()
        .<ComponentDescriptor>map(InstalledComponent::descriptor)
        .toList();
  }

  /**
   * Returns the component with this id.
   *
   * @param <C> the kind's extension point, such as {@code Attack<Record>}
   */
  public <C> Optional<InstalledComponent<C>> find(ComponentKind kind, String id) {
    // Safe as far as erasure goes: PluginHost files a component under the kind that it implements.
    @SuppressWarnings("unchecked")
    InstalledComponent<C> found = (InstalledComponent<C>) ofKind(kind).get(id);
    return Optional.ofNullable(found);
  }

  /** Returns the components of one kind, sorted by id. */
  public List<InstalledComponent<?>> all(ComponentKind kind) {
    return List.copyOf(ofKind(kind).values());
  }

  /** Returns a registry that has, of one kind, only the components whose ids fit. */
  public ComponentRegistry only(ComponentKind kind, Predicate<String> fits) {
    return new ComponentRegistry(
        components.values().stream()
            .flatMap(known -> known.values().stream())
            .filter(
                component ->
                    component.descriptor().kind() != kind || fits.test(component.descriptor().id()))
            .toList());
  }

  private SortedMap<String, InstalledComponent<?>> ofKind(ComponentKind kind) {
    return components.getOrDefault(kind, Collections.emptySortedMap());
  }
}
