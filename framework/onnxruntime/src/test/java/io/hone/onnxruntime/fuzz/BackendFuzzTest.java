package io.hone.onnxruntime.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Odd models in ONNX Runtime: the backend ends in success or in an error that names the file, and
 * the process lives on. Native code runs in a child process with a limit of memory.
 */
class BackendFuzzTest {
  private static final int MODELS = 60;
  private static final int MINUTES = 5;

  /** Of address space, in kilobytes: what a graph asks beyond is refused and not swapped. */
  private static final String LIMIT = "8000000";

  @TempDir Path folder;

  @Test
  void survivesOddModels() throws Exception {
    List<String> files = new ArrayList<>();
    for (Map.Entry<String, ModelProto> odd : Oddities.all().entrySet()) {
      // A chain of thousands of nodes is slow to load and nothing else.
      if (!odd.getKey().contains(Integer.toString(Oddities.LONG))) {
        files.add(write("oddity-" + files.size(), odd.getValue()));
      }
    }
    files.addAll(mutated());
    List<String> problems = new ArrayList<>();
    List<String> outcomes = new ArrayList<>();
    List<String> open = files;
    while (!open.isEmpty()) {
      open = open.subList(run(open, outcomes, problems), open.size());
    }
    outcomes.stream().filter(line -> line.contains("PROBLEM")).forEach(problems::add);
    assertThat(problems).isEmpty();
    assertThat(outcomes).anyMatch(line -> line.endsWith("differentiated"));
    assertThat(outcomes).anyMatch(line -> line.endsWith("refused"));
  }

  private List<String> mutated() throws IOException {
    List<OnnxModel> networks = FuzzTest.networks();
    List<Mutation> mutations = Mutation.all();
    Random random = new Random(103);
    List<String> files = new ArrayList<>();
    for (int i = 0; files.size() < MODELS; i++) {
      Mutation mutation = mutations.get(i % mutations.size());
      ModelProto.Builder odd = networks.get(random.nextInt(networks.size())).toProto().toBuilder();
      mutation.change().apply(odd, random);
      if (isRead(odd.build())) {
        files.add(write(i + "-" + mutation.name().replace(' ', '-'), odd.build()));
      }
    }
    return files;
  }

  /** What is not even read never reaches ONNX Runtime. */
  private static boolean isRead(ModelProto model) {
    try {
      OnnxModel.of(model, "odd");
      return true;
    } catch (OnnxFormatException e) {
      return false;
    }
  }

  private String write(String name, ModelProto model) throws IOException {
    return Files.write(folder.resolve(name + ".onnx"), model.toByteArray()).toString();
  }

  /**
   * Runs the files in a new process; returns how many it dealt with, the one that ended it
   * included.
   */
  private int run(List<String> files, List<String> outcomes, List<String> problems)
      throws Exception {
    Path list = Files.write(folder.resolve("files.txt"), files);
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command(list))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    List<String> lines = Files.readAllLines(output);
    List<String> done = lines.stream().filter(line -> line.startsWith("end ")).toList();
    outcomes.addAll(done);
    if (ended && process.exitValue() == 0 && lines.contains("all done")) {
      return files.size();
    }
    String reason =
        !ended || process.exitValue() == BackendChild.TOO_SLOW
            ? "takes too long"
            : "ends the process with " + process.exitValue();
    String last = done.size() < files.size() ? files.get(done.size()) : "the end";
    problems.add(
        last + " " + reason + ": " + lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    return Math.min(files.size(), done.size() + 1);
  }

  private static List<String> command(Path list) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(Path.of("/bin/sh"))) {
      command.addAll(
          List.of("/bin/sh", "-c", "ulimit -v " + LIMIT + " 2>/dev/null; exec \"$@\"", "sh"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(BackendChild.class.getName(), list.toString()));
    return command;
  }
}
