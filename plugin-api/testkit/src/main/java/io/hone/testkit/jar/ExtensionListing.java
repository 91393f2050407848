package io.hone.testkit.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.stability.Stability;
import io.hone.host.component.ComponentKind;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.pf4j.Extension;

/**
 * Checks that the build listed every component in {@code META-INF/services}.
 *
 * <p>From JDK 23 on a compiler silently runs no annotation processor that the build does not name,
 * and a component that inherits its interface from a base class is not listed either: in both cases
 * the plugin compiles, and the component is missing.
 */
@Stability(value = Stability.Status.INTERNAL, since = "0.1.0")
public final class ExtensionListing {
  private static final String CLASS = ".class";

  private ExtensionListing() {}

  /**
   * Checks the compiled classes of one module.
   *
   * @param classes the folder they were compiled to, such as {@code target/classes}
   * @param loader that finds them
   * @return the names of the components found, so that a caller can check that there are some
   */
  public static Set<String> assertComplete(Path classes, ClassLoader loader) {
    Set<String> components = new TreeSet<>();
    try {
      for (String name : classNames(classes)) {
        Class<?> type = Class.forName(name, false, loader);
        if (type.isAnnotationPresent(Extension.class)) {
          components.add(name);
          assertListed(classes, type);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + classes, e);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("the class loader does not see " + classes, e);
    }
    return components;
  }

  private static void assertListed(Path classes, Class<?> component) throws IOException {
    List<ComponentKind> kinds =
        Stream.of(ComponentKind.values())
            .filter(kind -> kind.type().isAssignableFrom(component))
            .toList();
    assertThat(kinds).as("the extension points of %s", component.getName()).isNotEmpty();
    for (ComponentKind kind : kinds) {
      Path services = classes.resolve("META-INF/services").resolve(kind.type().getName());
      assertThat(services).as("the file that lists %s", component.getName()).exists();
      assertThat(Files.readAllLines(services).stream().map(line -> line.split("#", 2)[0].strip()))
          .as("the components listed in %s", services)
          .contains(component.getName());
    }
  }

  private static List<String> classNames(Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString())
          .filter(name -> name.endsWith(CLASS) && !name.endsWith("-info" + CLASS))
          .map(name -> name.substring(0, name.length() - CLASS.length()))
          .map(name -> name.replace(File.separatorChar, '.'))
          .toList();
    }
  }
}
