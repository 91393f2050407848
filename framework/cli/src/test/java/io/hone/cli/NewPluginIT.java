package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an author does first: write a project, build it, run it, without changing a line. */
class NewPluginIT {
  private static final Path DISTRIBUTION = Path.of(System.getProperty("hone.distribution"));
  private static final Path MAVEN = Path.of(System.getProperty("hone.test.maven"));
  private static final Path LIBRARIES = Path.of(System.getProperty("hone.test.localRepository"));

  @TempDir Path folder;

  @Test
  void theProjectBuildsAndRunsAsItIs() throws IOException, InterruptedException {
    Path project = folder.resolve("salt-noise");
    String hone = DISTRIBUTION.resolve("bin/hone").toString();

    run(folder, List.of(hone, "new-plugin", project.toString()));
    run(project, List.of(MAVEN.resolve("bin/mvn").toString(), "-B", "-s", settings(), "package"));
    assertThat(
            project.resolve("target/surefire-reports/TEST-org.example.saltnoise.SaltNoiseTest.xml"))
        .content()
        .contains("staysInRangeAndWritesOnlyItsRows");
    run(project, List.of(hone, "run", "--plugins", "target", "--out", "out", "scenario.yaml"));

    JsonNode steps =
        JsonMapper.shared().readTree(project.resolve("out/summary.json").toFile()).get("steps");
    JsonNode attack = step(steps, "attack");
    assertThat(attack.get("use").asString()).isEqualTo("salt-noise");
    assertThat(attack.get("samples").asInt()).isEqualTo(200);
    assertThat(attack.get("metrics").get("success_rate").asDouble()).isPositive();
    assertThat(step(steps, "improve").get("metrics").get("reduction_rate").get("l0").asDouble())
        .isPositive();
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
            .formatted(folder.resolve("local-repository"), repository);
    return Files.writeString(folder.resolve("settings.xml"), settings).toString();
  }

  private void run(Path workingFolder, List<String> command)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workingFolder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    // Maven is over before a compiler that takes its time has paid.
    environment.put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1");
    int exitCode = builder.start().waitFor();
    assertThat(exitCode).as("%s%n%s", command, Files.readString(output)).isZero();
  }
}
