package io.hone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the built distribution as a user would: its launcher, in a process of its own. */
final class HoneProcess {
  private static final long LIMIT_SECONDS = 240;

  private final Path workingFolder;
  private final Path home;

  /**
   * Creates a runner.
   *
   * @param home folder with models and scenarios
   */
  HoneProcess(Path workingFolder, Path home) {
    this.workingFolder = workingFolder;
    this.home = home;
  }

  /** What a finished process left behind. */
  record Result(int exitCode, String out, String err) {}

  /** A process whose output goes into files, so that it never waits for a reader. */
  record Running(Process process, Path out, Path err) {
    Result await() throws IOException, InterruptedException {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("hone did not end within " + LIMIT_SECONDS + " s");
      }
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Ends the process as {@code kill -9} does. */
    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }

    /** Sends a signal such as {@code INT}. */
    void signal(String name) throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }
  }

  static Path distribution() {
    return Path.of(System.getProperty("hone.distribution")).toAbsolutePath();
  }

  static Path checkout() {
    return Path.of(System.getProperty("hone.checkout")).toAbsolutePath();
  }

  static HoneProcess in(Path workingFolder) {
    return new HoneProcess(workingFolder, checkout());
  }

  Result run(String... arguments) throws IOException, InterruptedException {
    return start(arguments).await();
  }

  Running start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(distribution().resolve("bin/hone").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(IgnoredSignals.undoneFor(command)).directory(workingFolder.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("HONE_HOME", home.toString());
    environment.put("HONE_DATA_DIR", workingFolder.resolve("data").toString());
    Path out = Files.createTempFile(workingFolder, "out", ".txt");
    Path err = Files.createTempFile(workingFolder, "err", ".txt");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return new Running(builder.start(), out, err);
  }
}
