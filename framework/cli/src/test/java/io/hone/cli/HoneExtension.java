package io.hone.cli;

import io.hone.cli.HoneProcess.Result;
import io.hone.engine.results.FileTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives each test a folder of its own, and Hone in it: as a process, or in this JVM, where a
 * command is over sooner. A process works in the folder; in this JVM, paths must name it.
 */
final class HoneExtension implements BeforeEachCallback, AfterEachCallback {
  private Path folder;
  private HoneProcess process;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory("hone").toRealPath();
    process = HoneProcess.in(folder);
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    FileTree.delete(folder);
  }

  Path folder() {
    return folder;
  }

  /** Returns a path below the test's folder. */
  Path file(String name) {
    return folder.resolve(name);
  }

  Path write(String name, String text) throws IOException {
    return Files.writeString(file(name), text);
  }

  /** Runs the launcher, as a user does, and waits for it. */
  Result run(String... arguments) throws IOException, InterruptedException {
    return process.run(arguments);
  }

  /** Starts the launcher, as a user does. */
  HoneProcess.Running start(String... arguments) throws IOException {
    return process.start(arguments);
  }

  HoneProcess process() {
    return process;
  }

  /** Runs a command in this JVM. */
  Result runHere(String... arguments) {
    PrintStream standardOut = System.out;
    PrintStream standardErr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      System.setOut(outStream);
      System.setErr(errStream);
      int exitCode = Main.commandLine().setErr(new PrintWriter(errStream, true)).execute(arguments);
      return new Result(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(standardOut);
      System.setErr(standardErr);
    }
  }
}
