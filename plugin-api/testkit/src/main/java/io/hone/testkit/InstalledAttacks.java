package io.hone.testkit;

import io.hone.host.component.ComponentDescriptors;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The attacks on the class path of a test: those that a component under test may run. */
final class InstalledAttacks {
  private InstalledAttacks() {}

  static ComponentRegistry find() {
    List<InstalledComponent<?>> attacks = new ArrayList<>();
    ServiceLoader.load(ComponentKind.ATTACK.type()).stream()
        .map(InstalledAttacks::install)
        .forEach(attacks::add);
    return new ComponentRegistry(attacks);
  }

  private static InstalledComponent<?> install(ServiceLoader.Provider<?> provider) {
    return new InstalledComponent<>(
        ComponentDescriptors.read(
            provider.type(), ComponentKind.ATTACK, "the class path of the test"),
        provider.get());
  }
}
