package io.hone.scenario.binding;

/**
 * A value that was read from YAML.
 *
 * @param value typed
 * @param plain the same as plain values by YAML key, defaults filled in and paths as written
 */
public record Bound<T>(T value, Object plain) {}
