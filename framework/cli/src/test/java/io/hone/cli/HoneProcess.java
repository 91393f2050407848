package io.hone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the built distribution as a user would: its launcher, in a process of its own. */
final class HoneProcess {
  private static final long LIMIT_SECONDS = 240;

  private static final Path CLASSES = Path.of(System.getProperty("hone.test.classes"));

  private final Path workingFolder;
  private final String options;

  private HoneProcess(Path workingFolder, String options) {
    this.workingFolder = workingFolder;
    this.options = options;
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

    /** Ends the process as {@code kill -9} does; the JVM that it launched ends with it. */
    void kill() throws InterruptedException {
      List<ProcessHandle> children = process.children().toList();
      process.destroyForcibly().waitFor();
      children.forEach(child -> child.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join());
    }

    /** Returns the JVM that the launcher started, as soon as there is one. */
    ProcessHandle jvm() throws InterruptedException {
      while (process.isAlive()) {
        Optional<ProcessHandle> found =
            process
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findAny();
        if (found.isPresent()) {
          return found.get();
        }
        Thread.sleep(10);
      }
      throw new AssertionError("the launcher ended without a JVM");
    }

    /** Sends a signal such as {@code INT}. */
    void signal(String name) throws IOException, InterruptedException {
      send(name, process.toHandle());
    }

    /** Sends a signal to the launcher and the JVM, as a terminal does. */
    void signalBoth(String name) throws IOException, InterruptedException {
      send(name, process.toHandle(), jvm());
    }

    private static void send(String name, ProcessHandle... receivers)
        throws IOException, InterruptedException {
      List<String> command = new ArrayList<>(List.of("kill", "-" + name));
      Stream.of(receivers).map(receiver -> Long.toString(receiver.pid())).forEach(command::add);
      new ProcessBuilder(command).start().waitFor();
    }
  }

  static Path distribution() {
    return Path.of(System.getProperty("hone.distribution")).toAbsolutePath();
  }

  static Path checkout() {
    return Path.of(System.getProperty("hone.checkout")).toAbsolutePath();
  }

  /** Hone whose JVM starts sooner than a user's, and does the same. */
  static HoneProcess in(Path workingFolder) {
    // Tests start many JVMs: most of their time would go into loading classes and compiling them.
    String classes = Files.exists(CLASSES) ? " -XX:SharedArchiveFile=" + CLASSES : "";
    return new HoneProcess(workingFolder, "-XX:TieredStopAtLevel=1" + classes);
  }

  /** Hone as a user starts it. */
  static HoneProcess withoutOptionsIn(Path workingFolder) {
    return new HoneProcess(workingFolder, "");
  }

  Result run(String... arguments) throws IOException, InterruptedException {
    return start(arguments).await();
  }

  Running start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(launcher().toString());
    command.addAll(List.of(arguments));
    return start(command);
  }

  static Path launcher() {
    return distribution().resolve("bin/hone");
  }

  /** Starts any command with what Hone finds in its environment. */
  Running start(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(IgnoredSignals.undoneFor(command)).directory(workingFolder.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("HONE_HOME", checkout().toString());
    environment.put("HONE_JAVA_OPTIONS", options);
    environment.put("HONE_DATA_DIR", workingFolder.resolve("data").toString());
    Path out = Files.createTempFile(workingFolder, "out", ".txt");
    Path err = Files.createTempFile(workingFolder, "err", ".txt");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return new Running(builder.start(), out, err);
  }
}
