package io.hone.host.plugin;

import io.hone.api.BadInputException;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentDescriptors;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pf4j.ExtensionWrapper;
import org.pf4j.PluginRuntimeException;

/**
 * Loads plugins, each in its own class loader, and knows every component that they and the
 * application's class path bring.
 */
public final class PluginHost implements AutoCloseable {
  private final StrictPluginManager manager = new StrictPluginManager();
  private final List<InstalledComponent<?>> components = new ArrayList<>();
  private final List<PluginDescription> plugins = new ArrayList<>();
  private final ClassLoader applicationLoader;
  private ComponentRegistry registry = new ComponentRegistry(List.of());

  private PluginHost(ClassLoader applicationLoader) {
    this.applicationLoader = applicationLoader;
  }

  /**
   * Loads every plugin.
   *
   * <p>Components of a plugin are called with the plugin's class loader as the thread's context
   * class loader; whatever of Hone's they call back runs with the application's.
   *
   * @param pluginFolders folders that hold plugin jars, or single jars
   * @param applicationLoader whose {@code META-INF/services} name backends, trainers, architectures
   *     and built-in metrics
   * @throws BadInputException with everything that is wrong, each naming its jar; then nothing
   *     stays loaded
   */
  public static PluginHost load(List<Path> pluginFolders, ClassLoader applicationLoader) {
    PluginHost host = new PluginHost(applicationLoader);
    try {
      host.load(pluginFolders);
      return host;
    } catch (RuntimeException | Error e) {
      host.close();
      throw e;
    }
  }

  private void load(List<Path> pluginFolders) {
    components.addAll(ClassPathComponents.find(applicationLoader));
    List<String> problems = new ArrayList<>();
    List<PluginJar> jars = read(PluginFolders.jars(pluginFolders, problems), problems);
    manager.start(jars, problems);
    if (problems.isEmpty()) {
      jars.forEach(jar -> install(jar, problems));
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(String.join("\n", problems));
    }
    registry = register();
  }

  private static List<PluginJar> read(List<Path> files, List<String> problems) {
    Map<String, PluginJar> byId = new HashMap<>();
    List<PluginJar> jars = new ArrayList<>();
    for (Path file : files) {
      try {
        PluginJar jar = PluginJar.read(file);
        PluginJar known = byId.putIfAbsent(jar.id(), jar);
        if (known != null) {
          throw jar.problem(
              "its Plugin-Id "
                  + jar.id()
                  + " is taken by "
                  + known.file()
                  + "; remove one of them");
        }
        jars.add(jar);
      } catch (BadInputException e) {
        problems.add(e.getMessage());
      }
    }
    return jars;
  }

  private void install(PluginJar jar, List<String> problems) {
    PluginBoundary boundary =
        new PluginBoundary(jar.source(), manager.getPluginClassLoader(jar.id()), applicationLoader);
    List<ComponentDescriptor> descriptors = new ArrayList<>();
    for (ComponentKind kind : jar.classNames().keySet()) {
      try {
        for (ExtensionWrapper<?> extension : manager.finder().find(kind.type(), jar.id())) {
          InstalledComponent<?> component = install(jar, kind, extension, boundary);
          components.add(component);
          descriptors.add(component.descriptor());
        }
      } catch (BadInputException e) {
        problems.add(e.getMessage());
      }
    }
    plugins.add(
        new PluginDescription(jar.id(), jar.version(), jar.file(), List.copyOf(descriptors)));
  }

  private static InstalledComponent<?> install(
      PluginJar jar, ComponentKind kind, ExtensionWrapper<?> extension, PluginBoundary boundary) {
    Class<?> type = extension.getDescriptor().extensionClass;
    try {
      ComponentDescriptor descriptor = ComponentDescriptors.read(type, kind, jar.source());
      return new InstalledComponent<>(
          descriptor, boundary.wrap(extension.getExtension(), kind.word() + " " + descriptor.id()));
    } catch (BadInputException e) {
      throw jar.problem(e.getMessage(), e);
    } catch (PluginRuntimeException e) {
      throw jar.problem("the component " + type.getName() + ": " + e.getMessage(), e);
    } catch (LinkageError | TypeNotPresentException e) {
      throw jar.broken(type.getName(), e);
    }
  }

  private ComponentRegistry register() {
    try {
      return new ComponentRegistry(components);
    } catch (BadInputException e) {
      StringBuilder message = new StringBuilder(e.getMessage());
      for (PluginDescription plugin : plugins) {
        String source = plugin.id() + " " + plugin.version();
        if (e.getMessage().contains(source)) {
          message.append("\n  ").append(source).append(" is ").append(plugin.jar());
        }
      }
      throw new BadInputException(message.toString(), e);
    }
  }

  /** Returns every component found. */
  public ComponentRegistry registry() {
    return registry;
  }

  /** Returns the plugins in the order of their folders and file names. */
  public List<PluginDescription> plugins() {
    return List.copyOf(plugins);
  }

  /** Closes the plugins' class loaders; their components may no longer be used. */
  @Override
  public void close() {
    // Unloading stops a plugin first; PF4J's stopPlugins() trips over its own list.
    manager.getPlugins().forEach(plugin -> manager.unloadPlugin(plugin.getPluginId()));
  }
}
