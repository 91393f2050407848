package io.hone.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs a benchmark of the checkout, and keeps what it prints. */
final class BenchmarkOutput {
  private final NamedBenchmark benchmark;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  BenchmarkOutput(NamedBenchmark benchmark) {
    this.benchmark = benchmark;
  }

  /** Returns the exit code. */
  int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--checkout", System.getProperty("hone.checkout")));
    return benchmark.run(new Streams(stream(out), stream(log)), all.toArray(String[]::new));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** Returns the cells of the table without its head; a row starts with an empty cell. */
  List<List<String>> rows() {
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .skip(2)
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .toList();
  }

  /** Returns what was said beside the table. */
  String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  /** Returns a program in the place of Python. */
  static Path peer(Path folder, String script) throws IOException {
    Path file = Files.writeString(folder.resolve("peer"), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }
}
