package io.hone.testkit.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.Attack;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtensionListingTest {
  private static final String SERVICES = "META-INF/services/" + Attack.class.getName();

  @TempDir Path folder;
  private Path classes;

  @BeforeEach
  void compilePlugin() throws IOException {
    classes = Files.createDirectory(folder.resolve("classes"));
    Path built =
        PluginJarBuilder.plugin("nudge-plugin", "1.0")
            .source(PluginSources.ATTACK_CLASS, PluginSources.attack("nudge"))
            .build(folder.resolve("nudge.jar"));
    try (JarFile jar = new JarFile(built.toFile())) {
      for (JarEntry entry : jar.stream().toList()) {
        Path target = classes.resolve(entry.getName());
        Files.createDirectories(target.getParent());
        try (InputStream content = jar.getInputStream(entry)) {
          Files.copy(content, target);
        }
      }
    }
  }

  private void check() throws IOException {
    URL[] urls = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      assertThat(ExtensionListing.assertComplete(classes, loader))
          .containsExactly(PluginSources.ATTACK_CLASS);
    }
  }

  @Test
  void acceptsWhatTheProcessorListed() throws IOException {
    check();
  }

  @Test
  void missesAServicesFile() throws IOException {
    Files.delete(classes.resolve(SERVICES));
    assertThatThrownBy(this::check)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the file that lists " + PluginSources.ATTACK_CLASS);
  }

  @Test
  void missesAnEntry() throws IOException {
    Files.writeString(classes.resolve(SERVICES), "org.example.Other\n");
    assertThatThrownBy(this::check)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(PluginSources.ATTACK_CLASS);
  }
}
