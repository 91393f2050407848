package io.hone.host.plugin;

import io.hone.api.Component;
import java.util.List;

/**
 * The parent of every plugin's class loader: the JDK and the packages that plugins share with Hone,
 * nothing else.
 *
 * <p>An allow-list keeps Hone's own libraries out of sight, so that a plugin brings its own
 * versions and never binds to what a later Hone may no longer have.
 */
final class SharedPackages extends ClassLoader {
  private static final List<String> PACKAGES =
      List.of("io.hone.api", "io.hone.numpy", "io.hone.network", "org.pf4j", "org.slf4j");

  static {
    registerAsParallelCapable();
  }

  // The loader of the very API that Hone runs with: plugins and Hone must mean the same classes.
  private final ClassLoader shared = Component.class.getClassLoader();

  SharedPackages() {
    super("hone-shared", ClassLoader.getPlatformClassLoader());
  }

  /** Returns the packages for messages, such as {@code io.hone.api, org.pf4j}. */
  static String names() {
    return String.join(", ", PACKAGES);
  }

  /** Returns whether a class, by its binary name, is one that plugins share with Hone. */
  static boolean contain(String className) {
    return PACKAGES.stream().anyMatch(name -> className.startsWith(name + "."));
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (!contain(name)) {
      throw new ClassNotFoundException(name);
    }
    return shared.loadClass(name);
  }
}
