package io.hone.cli.install;

import picocli.CommandLine;

/** Tells the version of Hone and of the JVM it runs on. */
public final class VersionProvider implements CommandLine.IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "hone " + Installation.version(), "JDK " + Runtime.version(), System.getProperty("os.name")
    };
  }
}
