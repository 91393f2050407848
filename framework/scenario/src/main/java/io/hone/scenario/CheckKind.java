package io.hone.scenario;

/**
 * What a scenario may name of a self-check: its id. The engine's checks implement this, and {@link
 * java.util.ServiceLoader} finds them, so that whoever reads scenarios knows no check by name.
 */
public interface CheckKind {
  /** Returns the id in {@code check: {only: [...]}}, lower case words joined by hyphens. */
  String id();
}
