package io.hone.host.plugin;

import io.hone.host.component.ComponentDescriptor;
import java.nio.file.Path;
import java.util.List;

/**
 * A plugin that was loaded.
 *
 * @param id from its manifest
 * @param version from its manifest
 * @param jar the file it was loaded from
 * @param components what it brings
 */
public record PluginDescription(
    String id, String version, Path jar, List<ComponentDescriptor> components) {}
