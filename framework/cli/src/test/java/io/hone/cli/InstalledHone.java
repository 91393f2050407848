package io.hone.cli;

import io.hone.Hone;
import io.hone.HoneBuilder;

/** The built distribution's components in the process of a test. */
final class InstalledHone {
  private InstalledHone() {}

  /** Begins to open a Hone with the plugins of the distribution. */
  static HoneBuilder builder() {
    return Hone.builder()
        .plugins(HoneProcess.distribution().resolve("plugins"))
        .home(HoneProcess.checkout())
        .classLoader(Main.class.getClassLoader());
  }
}
