package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.Hone;
import io.hone.RunSettings;
import io.hone.api.BadInputException;
import io.hone.cli.HoneProcess.Result;
import io.hone.engine.RunResult;
import io.hone.engine.results.ResultFolder;
import io.hone.engine.results.ResultFolder.Existing;
import io.hone.engine.results.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills runs and damages inputs, many times and always the same ones; prints a line of figures for
 * each. Too long for every build: {@code mvn -Plong verify} runs a few, and {@code
 * framework/bench/README.md} has the command for many.
 */
@Tag("long")
class ReliabilityCampaign {
  private static final int KILLS = Integer.getInteger("hone.campaign.kills", 4);
  private static final int INPUTS = Integer.getInteger("hone.campaign.inputs", 200);

  private static final String CHAIN =
      """
      hone: 1
      name: chain
      dataset: {use: mnist, with: {split: test, classes: [9]}, take: 300}
      model: {card: models/mnist-lenet5}
      run: {batch: 150, threads: 1}
      goal: {targeted: 4}
      steps:
        - {id: fgsm, attack: {use: fgsm, with: {epsilon: 0.3}}}
        - {id: pointwise, improve: {use: pointwise, with: {halvings: 2}}}
        - {id: greedy, improve: {use: greedy}, of: fgsm}
        - {id: noise, attack: {use: uniform-noise, with: {epsilon: 0.3, repeats: 200}}}
        - {id: recover, defend: {use: randomization}, of: [clean, pointwise, noise]}
      save: all
      """;

  @TempDir Path folder;

  /**
   * Ends runs at random points, up to three times each, and compares what they end with at last.
   */
  @Test
  void kills() throws Exception {
    HoneProcess hone = HoneProcess.in(folder);
    Path scenario = Files.writeString(folder.resolve("chain.yaml"), CHAIN);
    long start = System.nanoTime();
    Result whole = hone.run("run", scenario.toString(), "--out", "whole");
    assertThat(whole.exitCode()).as(whole.err()).isZero();
    long undisturbed = (System.nanoTime() - start) / 1_000_000;
    Random random = new Random(1);
    int ended = 0;
    int leftSteps = 0;
    int equal = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Path out = folder.resolve("killed-" + kill);
      int times = 1 + random.nextInt(3);
      for (int time = 0; time < times; time++) {
        HoneProcess.Running running = start(hone, scenario, out);
        Thread.sleep(random.nextInt((int) undisturbed));
        if (random.nextInt(3) == 0) {
          interrupt(running);
          Thread.sleep(random.nextInt(200));
        }
        ended += kill(running) ? 1 : 0;
        running.await();
        leftSteps += hasSteps(out) ? 1 : 0;
      }
      Result resumed = start(hone, scenario, out).await();
      assertThat(resumed.exitCode()).as(resumed.err()).isZero();
      Result diff = hone.run("diff", "whole", out.toString());
      equal += diff.exitCode() == 0 ? 1 : 0;
      assertThat(diff.exitCode()).as(diff.out()).isZero();
    }
    System.out.printf(
        "campaign: %d runs, %d processes killed, %d left finished steps of a unit; %d equal%n",
        KILLS, ended, leftSteps, equal);
  }

  private static HoneProcess.Running start(HoneProcess hone, Path scenario, Path out)
      throws IOException {
    boolean begun = Files.isDirectory(out);
    return begun
        ? hone.start("run", scenario.toString(), "--out", out.toString(), "--resume")
        : hone.start("run", scenario.toString(), "--out", out.toString());
  }

  /** Asks the JVM to cancel, if there is one. */
  private static void interrupt(HoneProcess.Running running)
      throws IOException, InterruptedException {
    Optional<ProcessHandle> jvm = jvm(running);
    if (jvm.isPresent()) {
      new ProcessBuilder("kill", "-INT", Long.toString(jvm.get().pid())).start().waitFor();
    }
  }

  /** Ends the JVM as {@code kill -9} does; returns whether there was one. */
  private static boolean kill(HoneProcess.Running running) {
    return jvm(running).map(ProcessHandle::destroyForcibly).orElse(false);
  }

  private static Optional<ProcessHandle> jvm(HoneProcess.Running running) {
    return running
        .process()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("java"))
        .findAny();
  }

  private static boolean hasSteps(Path out) throws IOException {
    Path journal = out.resolve(ResultFolder.JOURNAL);
    if (!Files.isDirectory(journal)) {
      return false;
    }
    try (Stream<Path> files = Files.list(journal)) {
      return files.anyMatch(file -> file.toString().endsWith(".step"));
    }
  }

  /** Changes bytes of scenarios, cards, models and data sets; each is refused, fails or runs. */
  @Test
  void inputs() throws Exception {
    Path model = HoneProcess.checkout().resolve("models/mnist-lenet5");
    Path images = folder.resolve("images.npy");
    NumpyFiles.images(images, 8, 28, 28);
    Path labels = folder.resolve("labels.npy");
    NumpyFiles.labels(labels, 0, 1, 2, 3, 4, 5, 6, 7);
    String text =
        """
        hone: 1
        name: mutated
        dataset: {use: numpy, with: {images: images.npy, labels: labels.npy}}
        model: {card: model}
        steps: [{id: fgsm, attack: fgsm}, {id: ranked, improve: ranked}]
        """;
    List<String> kinds =
        List.of("scenario.yaml", "images.npy", "labels.npy", "model/model.yaml", "model.onnx");
    int refused = 0;
    int failed = 0;
    int completed = 0;
    try (Hone hone =
        InstalledHone.builder().home(folder).dataFolder(folder.resolve("data")).open()) {
      for (int input = 0; input < INPUTS; input++) {
        Random random = new Random(input);
        Path place = Files.createDirectories(folder.resolve("input"));
        Files.createDirectories(place.resolve("model"));
        Files.writeString(place.resolve("scenario.yaml"), text);
        Files.copy(images, place.resolve("images.npy"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(labels, place.resolve("labels.npy"), StandardCopyOption.REPLACE_EXISTING);
        for (String name : List.of("model.onnx", "model.yaml")) {
          Files.copy(
              model.resolve(name),
              place.resolve("model").resolve(name),
              StandardCopyOption.REPLACE_EXISTING);
        }
        String kind = kinds.get(input % kinds.size());
        if (kind.equals("model.onnx")) {
          // A bare file, since a card's check sum would refuse every change.
          Files.copy(model.resolve(kind), place.resolve(kind), StandardCopyOption.REPLACE_EXISTING);
          Files.writeString(
              place.resolve("scenario.yaml"), text.replace("card: model", "card: model.onnx"));
        }
        mutate(place.resolve(kind), random);
        try {
          RunResult result = run(hone, place);
          if (result.status() == Status.COMPLETED) {
            completed++;
          } else {
            failed++;
          }
        } catch (BadInputException expected) {
          refused++;
        } catch (RuntimeException | Error | IOException unexpected) {
          throw new AssertionError("input " + input + ", " + kind, unexpected);
        }
      }
    }
    System.out.printf(
        "campaign: %d mutated inputs; %d refused, %d failed, %d completed, 0 without a message%n",
        INPUTS, refused, failed, completed);
    assertThat(refused).isPositive();
    assertThat(completed).isPositive();
  }

  private RunResult run(Hone hone, Path place) throws IOException {
    return hone.run(
        place.resolve("scenario.yaml"),
        RunSettings.usual().into(folder.resolve("out")).existing(Existing.REPLACE));
  }

  private static void mutate(Path file, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int changes = 1 + random.nextInt(3);
    for (int change = 0; change < changes && bytes.length > 0; change++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        default -> {
          int from = random.nextInt(bytes.length);
          int count = Math.min(1 + random.nextInt(16), bytes.length - Math.max(at, from));
          System.arraycopy(bytes.clone(), from, bytes, at, count);
        }
      }
    }
    Files.write(file, bytes);
  }
}
