package io.hone.cli.install;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where this Hone is installed.
 *
 * @param home folder that holds {@code models/} and {@code scenarios/}: the distribution, or the
 *     checkout it was built from
 * @param distribution folder that holds {@code plugins/} and {@code repository/}
 */
public record Installation(Path home, Path distribution) {
  private static final String HOME = "hone.home";
  private static final String DISTRIBUTION = "hone.distribution";

  /** Returns the installation that the launcher named, by default the working folder. */
  public static Installation current() {
    Path home = folder(System.getProperty(HOME, ""));
    return new Installation(home, folder(System.getProperty(DISTRIBUTION, home.toString())));
  }

  private static Path folder(String path) {
    return Path.of(path).toAbsolutePath().normalize();
  }

  /** Returns the folder of the plugin jars it came with. */
  Path plugins() {
    return distribution.resolve("plugins");
  }

  /**
   * Returns the command that starts it: the checkout's, which also builds, or the distribution's.
   */
  public Path launcher() {
    Path building = home.resolve("hone");
    return Files.isRegularFile(building) ? building : distribution.resolve("bin/hone");
  }

  /** Returns the Maven repository that plugin projects take Hone's API and test kit from. */
  public Path repository() {
    return distribution.resolve("repository");
  }

  /** Returns a path as a user would write it: relative to the working folder where it is below. */
  public static String shown(Path path) {
    Path here = folder("");
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(here) && Files.exists(absolute)
        ? here.relativize(absolute).toString()
        : absolute.toString();
  }

  /** Returns the version of this Hone. */
  static String version() {
    return Optional.ofNullable(Installation.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
