package io.hone.host.plugin;

import org.pf4j.DefaultPluginFactory;
import org.pf4j.Plugin;
import org.pf4j.PluginFactory;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginWrapper;

/** Creates the class that a manifest names with {@code Plugin-Class}, or fails. */
final class StrictPluginFactory implements PluginFactory {
  private final PluginFactory factory = new DefaultPluginFactory();

  @Override
  public Plugin create(PluginWrapper plugin) {
    Plugin created = factory.create(plugin);
    if (created == null) {
      throw new PluginRuntimeException(
          "it is no org.pf4j.Plugin with a public constructor without arguments");
    }
    return created;
  }
}
