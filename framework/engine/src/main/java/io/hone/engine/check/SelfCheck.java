package io.hone.engine.check;

import io.hone.scenario.CheckKind;
import java.util.Optional;

/**
 * A question that a run asks of its own figures.
 *
 * <p>A new check is one more class, named in {@code META-INF/services}, and a row in {@code
 * docs/self-checks.md}. It holds no state, knows no component by its id, and its answer depends
 * neither on batches nor on threads.
 */
public sealed interface SelfCheck extends CheckKind permits ModelCheck, AttackCheck {
  /** Returns what the number of a finding is; a larger number is worse. */
  String measure();

  /** Returns up to which number the check passes, in words. */
  String threshold();

  /** Returns the flag of trust that a failure raises; empty where the check only warns. */
  Optional<String> flag();

  /** Returns whether a failure speaks against the figures of the clean images too. */
  default boolean concernsCleanImages() {
    return false;
  }
}
