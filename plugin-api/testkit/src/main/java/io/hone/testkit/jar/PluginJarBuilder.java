package io.hone.testkit.jar;

import io.hone.api.Component;
import io.hone.api.stability.Stability;
import io.hone.network.Architecture;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.pf4j.ExtensionPoint;
import org.pf4j.processor.ExtensionAnnotationProcessor;
import org.pf4j.processor.ServiceProviderExtensionStorage;
import org.slf4j.Logger;

/**
 * Builds a plugin jar from Java source text, the way a plugin's own build does: compiled against
 * the API, the layers of networks, PF4J and SLF4J alone, its components listed by PF4J's annotation
 * processor.
 */
@Stability(value = Stability.Status.INTERNAL, since = "0.1.0")
public final class PluginJarBuilder {
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final Set<String> removed = new LinkedHashSet<>();
  private final Map<String, String> manifest = new LinkedHashMap<>();
  private final Set<Path> classPath = new LinkedHashSet<>();

  private PluginJarBuilder() {
    Stream.of(Component.class, Architecture.class, ExtensionPoint.class, Logger.class)
        .forEach(this::compiledAgainst);
  }

  /** Starts a jar whose manifest holds a plugin id and version. */
  public static PluginJarBuilder plugin(String id, String version) {
    return new PluginJarBuilder().manifest("Plugin-Id", id).manifest("Plugin-Version", version);
  }

  /** Starts a jar without plugin id and version. */
  public static PluginJarBuilder plainJar() {
    return new PluginJarBuilder();
  }

  /** Adds a class, by its binary name and the text of its source file. */
  public PluginJarBuilder source(String className, String text) {
    sources.put(className, text);
    return this;
  }

  /** Sets an entry of the manifest. */
  public PluginJarBuilder manifest(String name, String value) {
    manifest.put(name, value);
    return this;
  }

  /** Adds a file, or replaces one that the compiler makes. */
  public PluginJarBuilder entry(String path, byte[] content) {
    entries.put(path, content.clone());
    return this;
  }

  /** Adds a text file in UTF-8, or replaces one that the compiler makes. */
  public PluginJarBuilder entry(String path, String content) {
    return entry(path, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Leaves out a file that the compiler makes, such as a class that the plugin then lacks. */
  public PluginJarBuilder without(String path) {
    removed.add(path);
    return this;
  }

  /** Lets the sources refer to the library that holds a class; the jar does not carry it. */
  public PluginJarBuilder compiledAgainst(Class<?> libraryClass) {
    try {
      classPath.add(
          Path.of(libraryClass.getProtectionDomain().getCodeSource().getLocation().toURI()));
      return this;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("no file holds " + libraryClass, e);
    }
  }

  /**
   * Compiles the sources and writes the jar.
   *
   * @return {@code jar}
   * @throws IllegalStateException with the compiler's messages if the sources do not compile
   */
  public Path build(Path jar) {
    try {
      Path classes = Files.createTempDirectory("plugin-classes");
      try {
        if (!sources.isEmpty()) {
          compile(classes);
        }
        write(jar, classes);
      } finally {
        delete(classes);
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot build " + jar, e);
    }
  }

  private void compile(Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("a JDK is needed to compile; this is a JRE");
    }
    String path =
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    List<String> options =
        List.of(
            "--release",
            "17",
            "-parameters",
            "-d",
            classes.toString(),
            "-classpath",
            path,
            "-processor",
            ExtensionAnnotationProcessor.class.getName(),
            "-Apf4j.storageClassName=" + ServiceProviderExtensionStorage.class.getName());
    StringWriter messages = new StringWriter();
    List<SourceText> units =
        sources.entrySet().stream()
            .map(source -> new SourceText(source.getKey(), source.getValue()))
            .toList();
    if (!compiler.getTask(messages, null, null, options, null, units).call()) {
      throw new IllegalStateException("the sources do not compile:\n" + messages);
    }
  }

  private void write(Path jar, Path classes) throws IOException {
    Map<String, byte[]> content = new LinkedHashMap<>();
    for (Path file : files(classes)) {
      String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
      content.put(name, Files.readAllBytes(file));
    }
    content.putAll(entries);
    content.keySet().removeAll(removed);
    Manifest head = new Manifest();
    head.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.forEach(head.getMainAttributes()::putValue);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, head)) {
      for (Map.Entry<String, byte[]> entry : content.entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> found;
    try (Stream<Path> walk = Files.walk(folder)) {
      found = new ArrayList<>(walk.toList());
    }
    for (int index = found.size() - 1; index >= 0; index--) {
      Files.delete(found.get(index));
    }
  }

  /** A source file in memory. */
  private static final class SourceText extends SimpleJavaFileObject {
    private final String text;

    SourceText(String className, String text) {
      super(
          URI.create(
              "string:///" + className.replace('.', '/') + JavaFileObject.Kind.SOURCE.extension),
          JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
