package io.hone.host.plugin;

import io.hone.api.BadInputException;
import io.hone.host.component.ComponentKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/**
 * A plugin jar as far as it can be known without loading a class.
 *
 * @param classNames the components that it lists in {@code META-INF/services}, by kind
 */
record PluginJar(
    Path file, String id, String version, Map<ComponentKind, List<String>> classNames) {
  private static final String SERVICES = "META-INF/services/";
  private static final String PF4J_INDEX = "META-INF/extensions.idx";
  private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/[0-9]+/");
  private static final Pattern NATIVE =
      Pattern.compile(".*\\.(so(\\.[0-9.]+)?|dll|dylib|jnilib)", Pattern.CASE_INSENSITIVE);

  /**
   * Opens a jar and checks what it carries.
   *
   * @throws BadInputException naming the jar, what is wrong with it and what its author has to do
   */
  static PluginJar read(Path file) {
    try (JarFile jar = new JarFile(file.toFile())) {
      Attributes manifest = manifest(file, jar);
      String id = attribute(file, manifest, "Plugin-Id");
      String version = attribute(file, manifest, "Plugin-Version");
      checkEntries(file, jar);
      return new PluginJar(file, id, version, components(file, jar));
    } catch (IOException | SecurityException e) {
      throw new BadInputException(
          prefix(file)
              + "it cannot be read as a jar ("
              + e.getMessage()
              + "); build or copy it again, or take it out of the plugins folder",
          e);
    }
  }

  /** Returns the plugin's id and version, as descriptors name their source. */
  String source() {
    return id + " " + version;
  }

  /** Returns the components that the jar lists under an extension point. */
  List<String> classNames(Class<?> extensionPoint) {
    return classNames.entrySet().stream()
        .filter(entry -> entry.getKey().type() == extensionPoint)
        .flatMap(entry -> entry.getValue().stream())
        .toList();
  }

  /** Returns an error about this jar. */
  BadInputException problem(String message) {
    return new BadInputException(prefix(file) + message);
  }

  BadInputException problem(String message, Throwable cause) {
    return new BadInputException(prefix(file) + message, cause);
  }

  /** Returns the error of a component whose class refers to one that cannot be had. */
  BadInputException broken(String className, Throwable cause) {
    return problem(
        "the component "
            + className
            + " cannot be loaded ("
            + cause
            + "); a plugin sees the JDK, "
            + SharedPackages.names()
            + " and its own jar, so pack the libraries it needs into the jar (maven-shade-plugin)",
        cause);
  }

  private static String prefix(Path file) {
    return "plugin jar " + file + ": ";
  }

  private static Attributes manifest(Path file, JarFile jar) throws IOException {
    return Optional.ofNullable(jar.getManifest()).orElseGet(Manifest::new).getMainAttributes();
  }

  private static String attribute(Path file, Attributes manifest, String name) {
    String value = manifest.getValue(name);
    if (value == null || value.isBlank()) {
      throw new BadInputException(
          prefix(file)
              + "its manifest has no "
              + name
              + "; if it is a plugin, add <"
              + name
              + "> below <manifestEntries> of maven-jar-plugin, else take it out of the plugins"
              + " folder");
    }
    return value;
  }

  private static void checkEntries(Path file, JarFile jar) {
    for (String name : (Iterable<String>) jar.stream().map(ZipEntry::getName)::iterator) {
      String plain = VERSIONED.matcher(name).replaceFirst("");
      if (plain.endsWith(".class") && SharedPackages.contain(plain.replace('/', '.'))) {
        throw new BadInputException(
            prefix(file)
                + "it carries "
                + name
                + ", but Hone itself provides "
                + SharedPackages.names()
                + "; give these dependencies the scope provided");
      }
      if (NATIVE.matcher(name).matches()) {
        throw new BadInputException(
            prefix(file)
                + "it carries the native library "
                + name
                + "; the JVM binds a native library to one class loader, so put the jar on Hone's"
                + " class path (lib/) or do without it");
      }
    }
  }

  private static Map<ComponentKind, List<String>> components(Path file, JarFile jar)
      throws IOException {
    Map<ComponentKind, List<String>> found = new EnumMap<>(ComponentKind.class);
    for (ComponentKind kind : ComponentKind.values()) {
      ZipEntry services = jar.getEntry(SERVICES + kind.type().getName());
      if (services != null) {
        List<String> names = classNames(jar, services);
        if (!names.isEmpty()) {
          found.put(kind, names);
        }
      }
    }
    if (found.isEmpty()) {
      String reason =
          jar.getEntry(PF4J_INDEX) == null
              ? "annotate them with @Extension and name PF4J's annotation processor in the build,"
                  + " with"
              : "it lists them in " + PF4J_INDEX + ", which Hone does not read; compile it with";
      throw new BadInputException(
          prefix(file)
              + "it lists no components in "
              + SERVICES
              + "io.hone.api...; "
              + reason
              + " -Apf4j.storageClassName=org.pf4j.processor.ServiceProviderExtensionStorage");
    }
    return found;
  }

  private static List<String> classNames(JarFile jar, ZipEntry services) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(jar.getInputStream(services), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(line -> line.split("#", 2)[0].strip())
          .filter(line -> !line.isEmpty())
          .distinct()
          .toList();
    }
  }
}
