package io.hone.host.newplugin;

import io.hone.host.component.ComponentKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the project of one kind of component consists of, beside what every project has.
 *
 * @param kind of the component
 * @param command of Hone that the example is for
 * @param startFile the example
 * @param helpers other classes than the component's own
 * @param files other files than the example
 */
record ProjectTemplate(
    ComponentKind kind,
    String command,
    String startFile,
    List<String> helpers,
    List<String> files) {
  static ProjectTemplate of(ComponentKind kind) {
    return switch (kind) {
      case ATTACK, IMPROVER, DEFENSE, DATASET, METRIC ->
          new ProjectTemplate(kind, "run", "scenario.yaml", List.of(), List.of());
      case BACKEND ->
          new ProjectTemplate(
              kind, "run", "scenario.yaml", List.of("LinearModel.java"), List.of("digits.linear"));
      case ARCHITECTURE ->
          new ProjectTemplate(kind, "train", "training.yaml", List.of(), List.of());
      case TRAINER ->
          new ProjectTemplate(
              kind,
              "train",
              "training.yaml",
              List.of("LinearNetwork.java", "LinearOnnx.java"),
              List.of());
    };
  }

  /** Returns the class of the test kit that the component's test extends. */
  String contractTest() {
    return Character.toUpperCase(kind.word().charAt(0)) + kind.word().substring(1) + "ContractTest";
  }

  /** Returns the text of a file: the kind's own, or else the one that all kinds share. */
  String text(String name) throws IOException {
    InputStream own = resource(kind.word() + "/" + name);
    try (InputStream text = own == null ? resource(name) : own) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream resource(String name) {
    return ProjectTemplate.class.getResourceAsStream("project/" + name + ".template");
  }
}
