package io.hone.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the jars of the distribution tell of themselves, and what an IDE finds beside them. */
class PublishedJarsIT {
  private static final Path DISTRIBUTION = Path.of(System.getProperty("hone.distribution"));
  private static final Path CHECKOUT = Path.of(System.getProperty("hone.checkout"));

  @Test
  void everyJarTellsItsModuleTitleVersionAndVendor() throws Exception {
    String version = Pom.in(CHECKOUT).text("version");
    List<String> told = new ArrayList<>();
    for (Path file : jars("", "hone-.*")) {
      try (JarFile jar = new JarFile(file.toFile())) {
        Attributes attributes = jar.getManifest().getMainAttributes();
        assertThat(attributes.getValue(Attributes.Name.IMPLEMENTATION_TITLE))
            .as(file.toString())
            .startsWith("Hone");
        assertThat(attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION)).isEqualTo(version);
        assertThat(attributes.getValue(Attributes.Name.IMPLEMENTATION_VENDOR)).isNotBlank();
        told.add(attributes.getValue("Automatic-Module-Name"));
      }
    }

    assertThat(told)
        .contains("io.hone", "io.hone.api", "io.hone.cli", "io.hone.plugins.improvers")
        .allMatch(name -> name.startsWith("io.hone"));
  }

  @Test
  void whatPluginsCompileAgainstHasItsSources() throws IOException {
    List<Path> binaries = jars("repository", "hone.*");

    assertThat(binaries).hasSizeGreaterThan(3);
    for (Path binary : binaries) {
      Path sources = Path.of(binary.toString().replaceFirst("\\.jar$", "-sources.jar"));
      assertThat(sources).isRegularFile();
      assertThat(entries(sources, ".java")).containsAll(entries(binary, ".class")).isNotEmpty();
    }
  }

  /** Returns the entries with an ending, without it; nested classes belong to their outer one. */
  private static Set<String> entries(Path file, String ending) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.endsWith(ending) && name.indexOf('$') < 0)
          .map(name -> name.substring(0, name.length() - ending.length()))
          .collect(Collectors.toSet());
    }
  }

  /** Returns the jars of classes below a folder of the distribution. */
  private static List<Path> jars(String folder, String name) throws IOException {
    try (Stream<Path> files = Files.walk(DISTRIBUTION.resolve(folder))) {
      return files
          .filter(file -> file.getFileName().toString().matches(name + "\\.jar"))
          .filter(file -> !file.toString().endsWith("-sources.jar"))
          .toList();
    }
  }
}
