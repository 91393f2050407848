package io.hone.host.component;

/**
 * A component that was found, with its one instance.
 *
 * @param <C> the extension point, such as {@code Attack<?>}
 */
public record InstalledComponent<C>(ComponentDescriptor descriptor, C instance) {}
