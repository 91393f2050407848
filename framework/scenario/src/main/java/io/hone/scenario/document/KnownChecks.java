package io.hone.scenario.document;

import io.hone.scenario.CheckKind;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The self-checks that scenarios may name.
 *
 * @param ids in the order in which they are made
 */
record KnownChecks(List<String> ids) {
  KnownChecks {
    ids = List.copyOf(ids);
  }

  /** Returns the checks that the services of the class path name. */
  static KnownChecks installed() {
    return new KnownChecks(
        ServiceLoader.load(CheckKind.class, KnownChecks.class.getClassLoader()).stream()
            .map(check -> check.get().id())
            .toList());
  }
}
