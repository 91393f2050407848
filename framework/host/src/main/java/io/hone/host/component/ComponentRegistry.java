package io.hone.host.component;

import io.hone.api.BadInputException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every component that scenarios may use, by kind and id. */
public final class ComponentRegistry {
  private final Map<ComponentKind, TreeMap<String, InstalledComponent<?>>> components =
      new EnumMap<>(ComponentKind.class);

  /**
   * Creates a registry.
   *
   * @throws BadInputException if two components of one kind have the same id
   */
  public ComponentRegistry(List<InstalledComponent<?>> components) {
    for (ComponentKind kind : ComponentKind.values()) {
      this.components.put(kind, new TreeMap<>());
    }
    List<String> duplicates = new ArrayList<>();
    for (InstalledComponent<?> component : components) {
      ComponentDescriptor added = component.descriptor();
      InstalledComponent<?> known =
          this.components.get(added.kind()).putIfAbsent(added.id(), component);
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
    return components.get(kind).values().stream()
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
    InstalledComponent<C> found = (InstalledComponent<C>) components.get(kind).get(id);
    return Optional.ofNullable(found);
  }

  /** Returns the components of one kind, sorted by id. */
  public List<InstalledComponent<?>> all(ComponentKind kind) {
    return List.copyOf(components.get(kind).values());
  }
}
