package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.cli.HoneProcess.Result;
import io.hone.host.component.ComponentKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an author does first: write a project, build it, run it, without changing a line. */
class NewPluginIT {
  private static final Path MAVEN = Path.of(System.getProperty("hone.test.maven"));
  private static final Path LIBRARIES = Path.of(System.getProperty("hone.test.localRepository"));
  private static final String PACKAGE = "org.example.saltnoise";

  @RegisterExtension final HoneExtension hone = new HoneExtension();

  /** One project takes the classes of all others in, because Maven takes longer than they do. */
  @Test
  void projectsOfAllKindsBuildAndRunAsTheyAre() throws IOException, InterruptedException {
    Path project = hone.file("salt-noise");
    succeed(hone.run("new-plugin", project.toString()));
    for (ComponentKind kind : otherKinds()) {
      succeed(
          hone.runHere(
              "new-plugin", "--kind=" + kind.word(), "--package=" + PACKAGE, folder(kind)));
      copy(hone.file("own-" + kind.word()), project);
    }

    build(project);

    assertTested(project, "SaltNoise");
    Path plugins = project.resolve("target");
    String listed = hone.runHere("list", "--plugins=" + plugins).out();
    for (ComponentKind kind : otherKinds()) {
      assertTested(project, "Own" + capitalized(kind.word()));
      assertThat(listed).containsPattern("(?m)^%s +own-%1$s ".formatted(kind.word()));
      runExample(kind, plugins);
    }
    runExampleOfTheAttack(project);
  }

  @Test
  void refusesAKindThatThereIsNot() {
    Result result = hone.runHere("new-plugin", "--kind=atack", hone.file("own").toString());

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("there is no kind 'atack'; kinds are attacks, improvers,");
    assertThat(hone.file("own")).doesNotExist();
  }

  private static List<ComponentKind> otherKinds() {
    return Arrays.stream(ComponentKind.values())
        .filter(kind -> kind != ComponentKind.ATTACK)
        .toList();
  }

  private String folder(ComponentKind kind) {
    return hone.file("own-" + kind.word()).toString();
  }

  /** Adds the classes of a project to another one, and files that its tests read. */
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (!Files.exists(target)) {
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
        }
      }
    }
  }

  private void build(Path project) throws IOException, InterruptedException {
    Path output = hone.file("output.txt");
    // Maven and the tests are over before a compiler that takes its time has paid.
    String soon = "-XX:TieredStopAtLevel=1";
    ProcessBuilder builder =
        new ProcessBuilder(
                MAVEN.resolve("bin/mvn").toString(),
                "-B",
                "-s",
                settings(),
                "-DargLine=" + soon,
                "package")
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("MAVEN_OPTS", soon);
    int exitCode = builder.start().waitFor();
    assertThat(exitCode).as(Files.readString(output)).isZero();
    assertThat(output).as("warnings of the compiler").content().doesNotContain(".java:[");
  }

  private static String capitalized(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private static void assertTested(Path project, String className) {
    assertThat(
            project.resolve(
                "target/surefire-reports/TEST-%s.%sTest.xml".formatted(PACKAGE, className)))
        .content()
        .contains("isListedAmongTheServices");
  }

  private void runExample(ComponentKind kind, Path plugins)
      throws IOException, InterruptedException {
    Path folder = Path.of(folder(kind));
    if (kind == ComponentKind.TRAINER || kind == ComponentKind.ARCHITECTURE) {
      succeed(
          HoneProcess.in(folder)
              .run("train", "--plugins=" + plugins, "training.yaml", "--set=train.with.epochs=1"));
      assertThat(folder.resolve("trained/model.onnx")).isNotEmptyFile();
      return;
    }
    succeed(
        hone.runHere(
            "run",
            "--plugins=" + plugins,
            "--limit=20",
            "--out=" + folder.resolve("out"),
            folder.resolve("scenario.yaml").toString()));
    assertThat(folder.resolve("out/summary.json")).content().contains("own-" + kind.word());
  }

  private void runExampleOfTheAttack(Path project) throws IOException, InterruptedException {
    succeed(
        HoneProcess.in(project).run("run", "--plugins", "target", "--out", "out", "scenario.yaml"));

    JsonNode steps =
        JsonMapper.shared().readTree(project.resolve("out/summary.json").toFile()).get("steps");
    JsonNode attack = step(steps, "attack");
    assertThat(attack.get("use").asString()).isEqualTo("salt-noise");
    assertThat(attack.get("samples").asInt()).isEqualTo(200);
    assertThat(attack.get("metrics").get("success_rate").asDouble()).isPositive();
    assertThat(step(steps, "improve").get("metrics").get("reduction_rate").get("l0").asDouble())
        .isPositive();
  }

  private static void succeed(Result result) {
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private static JsonNode step(JsonNode steps, String id) {
    for (JsonNode step : steps) {
      if (step.get("id").asString().equals(id)) {
        return step;
      }
    }
    throw new AssertionError("no step " + id + " in " + steps);
  }

  /**
   * Takes everything but Hone from the local repository of the build that runs this test, and puts
   * it into one of its own: no network is needed, and no Hone jar is left behind for later builds.
   */
  private String settings() throws IOException {
    String repository =
        """
        <id>central</id>
        <url>%s</url>
        <releases><checksumPolicy>ignore</checksumPolicy></releases>
        """
            .formatted(LIBRARIES.toUri());
    String settings =
        """
        <settings>
          <localRepository>%s</localRepository>
          <profiles>
            <profile>
              <id>files</id>
              <repositories><repository>%2$s</repository></repositories>
              <pluginRepositories><pluginRepository>%2$s</pluginRepository></pluginRepositories>
            </profile>
          </profiles>
          <activeProfiles><activeProfile>files</activeProfile></activeProfiles>
        </settings>
        """
            .formatted(hone.file("local-repository"), repository);
    return hone.write("settings.xml", settings).toString();
  }
}
