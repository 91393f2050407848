package io.hone.host.newplugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.host.component.ComponentKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That the project builds and runs is tested where a distribution is at hand, in framework/cli. */
class NewPluginTest {
  private static final Pattern PLUGIN_VERSION =
      Pattern.compile("<artifactId>(maven-[a-z]+-plugin)</artifactId>\\s*<version>([^<]+)<");

  @TempDir Path temporary;

  private NewPlugin writer() {
    return new NewPlugin(
        ComponentKind.ATTACK,
        new PluginNames("salt", "com.acme.salt", "Salt"),
        temporary.resolve("repository"),
        "hone");
  }

  @Test
  void writesEveryFileWithItsNamesFilledIn() throws IOException {
    Path folder = temporary.resolve("salt");

    List<Path> written = writer().write(folder);

    assertThat(written)
        .map(file -> folder.relativize(file).toString().replace('\\', '/'))
        .containsExactly(
            "pom.xml",
            "src/main/java/com/acme/salt/Salt.java",
            "src/test/java/com/acme/salt/SaltTest.java",
            "scenario.yaml",
            "README.md",
            ".gitignore");
    for (Path file : written) {
      assertThat(file).content().isNotBlank().doesNotContain("{{");
    }
    assertThat(written.get(0))
        .content()
        .contains("<groupId>com.acme.salt</groupId>")
        .contains("file:///")
        .containsPattern("<hone.version>[0-9]+\\.[0-9]+\\.[0-9]+[^$]*</hone.version>");
    assertThat(written.get(1))
        .content()
        .startsWith("package com.acme.salt;")
        .contains("id = \"salt\"")
        .contains("class Salt implements Attack<Salt.Params>");
  }

  @ParameterizedTest
  @EnumSource
  void fillsInEveryNameForEveryKind(ComponentKind kind) throws IOException {
    Path folder = temporary.resolve("own");
    PluginNames names = new PluginNames("own", "com.acme.own", "Own");

    List<Path> written =
        new NewPlugin(kind, names, temporary.resolve("repository"), "hone").write(folder);

    assertThat(written).allSatisfy(file -> assertThat(file).content().doesNotContain("{{"));
    assertThat(folder.resolve("src/main/java/com/acme/own/Own.java"))
        .content()
        .startsWith("package com.acme.own;")
        .contains("id = \"own\"", "implements " + kind.type().getSimpleName() + "<Own.Params>");
    assertThat(folder.resolve("src/test/java/com/acme/own/OwnTest.java"))
        .content()
        .contains("extends ", "ContractTest<Own.Params>");
    assertThat(folder.resolve("README.md"))
        .content()
        .contains("with " + kind.withArticle() + ", `own`");
  }

  @Test
  void namesNoFolderOfThisMachine() throws IOException {
    for (Path file : writer().write(temporary.resolve("deep/salt"))) {
      assertThat(file).content().doesNotContain(temporary.toString());
    }
    assertThat(temporary.resolve("deep/salt/pom.xml"))
        .content()
        .contains("<hone.repository>file://${project.basedir}/../../repository</hone.repository>");
  }

  /** So that a machine that built Hone has every Maven plugin that the project needs. */
  @Test
  void buildsWithTheMavenPluginsOfHone() throws IOException {
    String own = Files.readString(Path.of("../../pom.xml"));
    Matcher plugins =
        PLUGIN_VERSION.matcher(Files.readString(writer().write(temporary.resolve("salt")).get(0)));
    int count = 0;
    for (; plugins.find(); count++) {
      assertThat(own)
          .containsPattern(
              "<artifactId>%s</artifactId>\\s*<version>%s<"
                  .formatted(plugins.group(1), Pattern.quote(plugins.group(2))));
    }
    assertThat(count).isEqualTo(4);
  }

  @Test
  void usesAnEmptyFolder() throws IOException {
    assertThat(writer().write(Files.createDirectory(temporary.resolve("salt")))).isNotEmpty();
  }

  @Test
  void leavesAFolderWithAnythingInItAlone() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("salt"));
    Files.createFile(folder.resolve("notes.txt"));

    assertThatThrownBy(() -> writer().write(folder))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("the folder is not empty");
    assertThat(folder).isDirectoryNotContaining("glob:**pom.xml");
  }

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.createFile(temporary.resolve("salt"));

    assertThatThrownBy(() -> writer().write(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("this is a file");
  }

  @Test
  void refusesAFolderThatCannotBeMade() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));

    assertThatThrownBy(() -> writer().write(file.resolve("salt")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("cannot be written there");
  }
}
