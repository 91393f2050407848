package io.hone.testkit;

import io.hone.host.component.ComponentDescriptors;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/** The components on the class path of a test that a component under test may use. */
final class InstalledComponents {
  private InstalledComponents() {}

  static ComponentRegistry find(Set<ComponentKind> kinds) {
    List<InstalledComponent<?>> components = new ArrayList<>();
    for (ComponentKind kind : kinds) {
      ServiceLoader.load(kind.type()).stream()
          .map(provider -> install(kind, provider))
          .forEach(components::add);
    }
    return new ComponentRegistry(components);
  }

  private static InstalledComponent<?> install(
      ComponentKind kind, ServiceLoader.Provider<?> provider) {
    return new InstalledComponent<>(
        ComponentDescriptors.read(provider.type(), kind, "the class path of the test"),
        provider.get());
  }
}
