package io.hone.core.engine;

import java.util.Optional;

/** Recognises failures whose cause is the machine, its limits or its settings. */
final class MachineFault {
  private MachineFault() {}

  static Optional<String> explain(Throwable failure) {
    return Optional.empty();
  }
}
