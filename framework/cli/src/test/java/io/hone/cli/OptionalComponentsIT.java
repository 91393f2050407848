package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.Hone;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.OptionalComponents;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever adds a component to a plugin of Hone, or to what needs Deeplearning4j, adds it here. */
class OptionalComponentsIT {
  @Test
  void namesTheModuleOfEveryComponentThatMayBeMissing() throws IOException {
    Properties listed = new Properties();
    try (InputStream text =
        OptionalComponents.class.getResourceAsStream("optional-components.properties")) {
      listed.load(text);
    }
    Set<String> expected;
    try (Hone installed = InstalledHone.builder().open()) {
      expected =
          Arrays.stream(ComponentKind.values())
              .flatMap(kind -> installed.components().descriptors(kind).stream())
              .filter(component -> !isAlwaysThere(component))
              .map(
                  component ->
                      "%s: %s %s".formatted(module(component), component.kind(), component.id()))
              .collect(Collectors.toSet());
    }

    assertThat(components(listed)).isEqualTo(expected);
  }

  /**
   * The class path's components are those of Hone itself, of ONNX Runtime and of Deeplearning4j.
   */
  private static boolean isAlwaysThere(ComponentDescriptor component) {
    return component.source().equals("hone") && !module(component).equals("hone-dl4j");
  }

  private static String module(ComponentDescriptor component) {
    String packageName = component.parameterType().getPackageName();
    return component.source().equals("hone")
        ? "hone-" + packageName.split("\\.")[2]
        : component.source().split(" ")[0];
  }

  private static Set<String> components(Properties listed) {
    return listed.stringPropertyNames().stream()
        .flatMap(
            module ->
                Arrays.stream(ComponentKind.values())
                    .flatMap(kind -> ids(listed.getProperty(module), kind))
                    .map(component -> module + ": " + component))
        .collect(Collectors.toSet());
  }

  private static Stream<String> ids(String entry, ComponentKind kind) {
    return Arrays.stream(entry.split("\\|"))
        .map(String::strip)
        .filter(part -> part.startsWith(kind.word() + ": "))
        .flatMap(part -> Arrays.stream(part.substring(kind.word().length() + 2).split(", ")))
        .map(id -> kind + " " + id);
  }
}
