package io.hone.host.plugin;

import io.hone.host.component.ComponentKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.pf4j.ExtensionDescriptor;
import org.pf4j.ExtensionFinder;
import org.pf4j.ExtensionWrapper;
import org.pf4j.PluginWrapper;

/**
 * Finds components in the services files of plugin jars.
 *
 * <p>Unlike PF4J's own finder it reads Hone's extension points only, and a class that cannot be
 * loaded is an error instead of a line in a log.
 */
final class ServicesExtensionFinder implements ExtensionFinder {
  private final StrictPluginManager plugins;

  ServicesExtensionFinder(StrictPluginManager plugins) {
    this.plugins = plugins;
  }

  @Override
  public <T> List<ExtensionWrapper<T>> find(Class<T> type) {
    return plugins.getStartedPlugins().stream()
        .map(PluginWrapper::getPluginId)
        .flatMap(id -> find(type, id).stream())
        .toList();
  }

  @Override
  public <T> List<ExtensionWrapper<T>> find(Class<T> type, String pluginId) {
    List<ExtensionWrapper<T>> found = new ArrayList<>();
    for (String name : plugins.jar(pluginId).classNames(type)) {
      Class<?> extension = load(pluginId, name);
      found.add(
          new ExtensionWrapper<>(
              new ExtensionDescriptor(0, extension), plugins.getExtensionFactory()));
    }
    return found;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public List<ExtensionWrapper> find(String pluginId) {
    List<ExtensionWrapper> found = new ArrayList<>();
    for (ComponentKind kind : plugins.jar(pluginId).classNames().keySet()) {
      found.addAll(find(kind.type(), pluginId));
    }
    return found;
  }

  @Override
  public Set<String> findClassNames(String pluginId) {
    Set<String> names = new LinkedHashSet<>();
    plugins.jar(pluginId).classNames().values().forEach(names::addAll);
    return names;
  }

  private Class<?> load(String pluginId, String name) {
    PluginJar jar = plugins.jar(pluginId);
    try {
      return Class.forName(name, false, plugins.getPluginClassLoader(pluginId));
    } catch (ClassNotFoundException e) {
      throw jar.problem(
          "it lists the component " + name + " but holds no such class; build it anew", e);
    } catch (LinkageError e) {
      throw jar.broken(name, e);
    }
  }
}
