package io.hone.host.plugin;

import io.hone.api.BadInputException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.pf4j.AbstractPluginManager;
import org.pf4j.BasePluginRepository;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.DefaultVersionManager;
import org.pf4j.ExtensionFactory;
import org.pf4j.ExtensionFinder;
import org.pf4j.JarPluginLoader;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginState;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PluginWrapper;
import org.pf4j.VersionManager;

/** PF4J for jars only, where every failure is an error that names the jar. */
final class StrictPluginManager extends AbstractPluginManager {
  private final Map<String, PluginJar> jars = new HashMap<>();

  /** Loads and starts jars that were read before; their ids differ. */
  void start(List<PluginJar> read, List<String> problems) {
    read.forEach(jar -> jars.put(jar.id(), jar));
    for (PluginJar jar : read) {
      try {
        loadPluginFromPath(jar.file());
      } catch (PluginRuntimeException e) {
        problems.add(jar.problem("PF4J cannot load it: " + e.getMessage(), e).getMessage());
      }
    }
    try {
      resolvePlugins();
    } catch (PluginRuntimeException e) {
      problems.add("plugins: what they depend on is not there: " + e.getMessage());
      return;
    }
    for (PluginWrapper plugin : List.copyOf(getResolvedPlugins())) {
      try {
        start(plugin);
      } catch (BadInputException e) {
        problems.add(e.getMessage());
      }
    }
  }

  private void start(PluginWrapper plugin) {
    PluginJar jar = jar(plugin.getPluginId());
    PluginState state;
    Throwable cause = null;
    try {
      state = startPlugin(plugin.getPluginId());
      cause = plugin.getFailedException();
    } catch (RuntimeException | LinkageError e) {
      state = PluginState.FAILED;
      cause = e;
    }
    if (state != PluginState.STARTED) {
      throw jar.problem(
          "its plugin class "
              + plugin.getDescriptor().getPluginClass()
              + " does not start: "
              + cause,
          cause);
    }
  }

  ExtensionFinder finder() {
    return extensionFinder;
  }

  /** Returns the jar of a plugin. */
  PluginJar jar(String pluginId) {
    return Objects.requireNonNull(jars.get(pluginId));
  }

  @Override
  protected PluginRepository createPluginRepository() {
    return new BasePluginRepository(List.<Path>of());
  }

  @Override
  protected PluginFactory createPluginFactory() {
    return new StrictPluginFactory();
  }

  @Override
  protected ExtensionFactory createExtensionFactory() {
    return new StrictExtensionFactory();
  }

  @Override
  protected PluginDescriptorFinder createPluginDescriptorFinder() {
    return new ManifestPluginDescriptorFinder();
  }

  @Override
  protected ExtensionFinder createExtensionFinder() {
    return new ServicesExtensionFinder(this);
  }

  @Override
  protected PluginStatusProvider createPluginStatusProvider() {
    return new EveryPluginEnabled();
  }

  @Override
  protected PluginLoader createPluginLoader() {
    return new JarPluginLoader(this) {
      private final SharedPackages parent = new SharedPackages();

      @Override
      protected PluginClassLoader createPluginClassLoader(Path path, PluginDescriptor plugin) {
        return new PluginClassLoader(pluginManager, plugin, parent, ClassLoadingStrategy.APD);
      }
    };
  }

  @Override
  protected VersionManager createVersionManager() {
    return new DefaultVersionManager();
  }

  /** A plugin that is not wanted is taken out of its folder. */
  private static final class EveryPluginEnabled implements PluginStatusProvider {
    @Override
    public boolean isPluginDisabled(String pluginId) {
      return false;
    }

    @Override
    public void disablePlugin(String pluginId) {
      throw new UnsupportedOperationException("take the jar out of the plugins folder");
    }

    @Override
    public void enablePlugin(String pluginId) {}
  }
}
