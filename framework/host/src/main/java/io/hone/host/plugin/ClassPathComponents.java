package io.hone.host.plugin;

import io.hone.api.BadInputException;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentDescriptors;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.InstalledComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Finds the components on the application class path: backends, trainers, architectures, built-in
 * metrics.
 */
final class ClassPathComponents {
  private ClassPathComponents() {}

  static List<InstalledComponent<?>> find(ClassLoader loader) {
    List<InstalledComponent<?>> found = new ArrayList<>();
    for (ComponentKind kind : ComponentKind.values()) {
      try {
        ServiceLoader.load(kind.type(), loader).stream()
            .map(provider -> install(kind, provider))
            .forEach(found::add);
      } catch (ServiceConfigurationError | LinkageError e) {
        throw new BadInputException(
            "class path: the listed "
                + kind.plural()
                + " cannot be loaded ("
                + e.getMessage()
                + "); rebuild Hone, or repair what was added to its class path",
            e);
      }
    }
    return found;
  }

  private static InstalledComponent<?> install(
      ComponentKind kind, ServiceLoader.Provider<?> provider) {
    return new InstalledComponent<>(
        ComponentDescriptors.read(provider.type(), kind, ComponentDescriptor.BUILT_IN),
        provider.get());
  }
}
