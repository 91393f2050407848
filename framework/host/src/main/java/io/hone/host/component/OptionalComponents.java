package io.hone.host.component;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Components that are part of Hone, but of a module that need not be installed: the plugins, and
 * the backend that needs Deeplearning4j. Whoever names such a component learns where it is to be
 * had.
 */
public final class OptionalComponents {
  private static final String CATALOGUE = "optional-components.properties";

  private OptionalComponents() {}

  /** Returns how to install a component that is missing; empty if no module of Hone has it. */
  public static Optional<String> howToInstall(ComponentKind kind, String id) {
    Properties catalogue = catalogue();
    return catalogue.stringPropertyNames().stream()
        .filter(module -> brings(catalogue.getProperty(module), kind, id))
        .findFirst()
        .map(
            module ->
                "the %s '%s' is part of %s, which is not installed: copy %s from a full distribution of Hone, or add io.hone:%s to the class path"
                    .formatted(
                        kind.word(), id, module, place(catalogue.getProperty(module)), module));
  }

  /**
   * Returns how to install every component of a kind that Hone has and that is missing.
   *
   * @param installed ids of those that are not missing
   */
  public static List<String> howToInstallOthers(ComponentKind kind, Set<String> installed) {
    String prefix = kind.word() + ": ";
    Properties catalogue = catalogue();
    return catalogue.stringPropertyNames().stream()
        .sorted()
        .flatMap(module -> parts(catalogue.getProperty(module)))
        .filter(part -> part.startsWith(prefix))
        .flatMap(part -> Stream.of(part.substring(prefix.length()).split(", ")))
        .filter(id -> !installed.contains(id))
        .flatMap(id -> howToInstall(kind, id).stream())
        .toList();
  }

  private static String place(String entry) {
    return parts(entry).findFirst().orElseThrow();
  }

  private static boolean brings(String entry, ComponentKind kind, String id) {
    String prefix = kind.word() + ": ";
    return parts(entry)
        .filter(part -> part.startsWith(prefix))
        .anyMatch(part -> List.of(part.substring(prefix.length()).split(", ")).contains(id));
  }

  private static Stream<String> parts(String entry) {
    return Arrays.stream(entry.split("\\|")).map(String::strip);
  }

  private static Properties catalogue() {
    Properties catalogue = new Properties();
    try (InputStream text = OptionalComponents.class.getResourceAsStream(CATALOGUE)) {
      catalogue.load(text);
      return catalogue;
    } catch (IOException e) {
      throw new UncheckedIOException("the list of Hone's modules cannot be read", e);
    }
  }
}
