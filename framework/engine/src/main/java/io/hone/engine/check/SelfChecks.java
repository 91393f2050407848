package io.hone.engine.check;

import io.hone.scenario.CheckKind;
import java.util.List;
import java.util.ServiceLoader;

/** The self-checks that this engine makes. */
final class SelfChecks {
  private SelfChecks() {}

  /** Returns the checks that the services of the class path name, in their order. */
  static List<SelfCheck> installed() {
    return ServiceLoader.load(CheckKind.class, SelfChecks.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .filter(SelfCheck.class::isInstance)
        .map(SelfCheck.class::cast)
        .toList();
  }

  /** Returns the checks with some ids. */
  static List<SelfCheck> chosen(List<String> ids) {
    return installed().stream().filter(check -> ids.contains(check.id())).toList();
  }
}
