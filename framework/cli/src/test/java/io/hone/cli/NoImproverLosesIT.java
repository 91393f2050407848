package io.hone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.hone.Hone;
import io.hone.api.geometry.EightBit;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every improver there is, alone and in chains, as floats and on the 8-bit grid, with few queries
 * and with many, loses no example: checked on the images that the run saved.
 */
class NoImproverLosesIT {
  /** Both end where rounding matters: at a ball between two levels, and just past the boundary. */
  private static final Map<String, String> ATTACKS =
      Map.of("fgsm", "{use: fgsm, with: {epsilon: 0.1}}", "deepfool", "{use: deepfool}");

  private static final List<List<String>> CHAINS =
      List.of(
          List.of("ranked", "ddmin", "shrink"),
          List.of("autoencoder", "ranked"),
          List.of("shrink", "greedy", "pointwise"));

  private static final double ROUNDING = 1e-6;

  @TempDir Path folder;

  /** A step that improves, the step it received from and whether it emits 8-bit images. */
  private record Improvement(String id, String of, boolean grid) {}

  @Test
  void classesStayAndNoDistanceGrows() throws IOException {
    List<Improvement> improvements = run();
    Map<String, float[][]> images = new LinkedHashMap<>();
    Map<String, Map<String, Row>> rows = rows();
    for (Improvement improvement : improvements) {
      float[][] clean = images.computeIfAbsent("clean", this::images);
      float[][] received = images.computeIfAbsent(improvement.of(), this::images);
      float[][] improved = images.computeIfAbsent(improvement.id(), this::images);
      List<String> samples = List.copyOf(rows.get(improvement.id()).keySet());
      long[] predicted = NumpyFiles.numbers(array(improvement.id() + ".predicted"));
      assertThat(Arrays.stream(predicted).mapToObj(Long::toString))
          .as("%s", improvement)
          .containsExactlyElementsOf(
              rows.get(improvement.id()).values().stream().map(Row::predicted).toList());
      for (int index = 0; index < samples.size(); index++) {
        Row before = rows.get(improvement.of()).get(samples.get(index));
        Row after = rows.get(improvement.id()).get(samples.get(index));
        String what = "sample " + samples.get(index) + " of " + improvement;
        assertThat(after.success()).as(what).isEqualTo(before.success());
        assertThat(after.predicted()).as(what).isEqualTo(before.predicted());
        assertNoFarther(what, improvement.grid(), clean[index], received[index], improved[index]);
        assertThat(EightBit.differing(improved[index], clean[index]))
            .as("features of %s", what)
            .isLessThanOrEqualTo(EightBit.differing(received[index], clean[index]));
        checkReason(what, improvement, after, received[index], improved[index]);
      }
    }
    assertThat(rows.get("greedy-deepfool-grid").values())
        .as("DeepFool stops so near to the boundary that rounding loses some")
        .extracting(Row::reason)
        .contains("lost-by-rounding", "");
  }

  private static void checkReason(
      String what, Improvement improvement, Row after, float[] received, float[] improved) {
    if (!after.success()) {
      assertThat(improved).as(what).isEqualTo(received);
      assertThat(after.reason()).as(what).isEqualTo("not-adversarial");
      return;
    }
    boolean same = Arrays.equals(received, improved);
    if (!improvement.grid()) {
      assertThat(after.reason()).as(what).isEqualTo(same ? "not-improved" : "");
    } else if (after.reason().equals("lost-by-rounding")) {
      assertThat(same).as(what).isTrue();
    } else {
      assertThat(after.reason()).as(what).isIn("", "not-improved");
      assertThat(after.success8bit()).as(what).isTrue();
      for (float value : improved) {
        assertThat(value).as(what).isEqualTo(EightBit.round(value));
      }
    }
  }

  /** On the grid a distance may be that of the received image at its nearest levels. */
  private static void assertNoFarther(
      String what, boolean grid, float[] clean, float[] received, float[] improved) {
    float[] rounded = received.clone();
    for (int feature = 0; grid && feature < rounded.length; feature++) {
      rounded[feature] = EightBit.round(rounded[feature]);
    }
    double[] before = distances(clean, received);
    double[] nearest = distances(clean, rounded);
    double[] after = distances(clean, improved);
    for (int norm = 0; norm < before.length; norm++) {
      assertThat(after[norm])
          .as(what)
          .isLessThanOrEqualTo(Math.max(before[norm], nearest[norm]) + ROUNDING);
    }
  }

  /** Returns L1, L2 and Linf. */
  private static double[] distances(float[] clean, float[] image) {
    double[] sizes =
        IntStream.range(0, clean.length)
            .mapToDouble(feature -> Math.abs((double) image[feature] - clean[feature]))
            .toArray();
    double sum = 0;
    double squares = 0;
    double largest = 0;
    for (double size : sizes) {
      sum += size;
      squares += size * size;
      largest = Math.max(largest, size);
    }
    return new double[] {sum, Math.sqrt(squares), largest};
  }

  /** Runs every improver and chain on every attack, and returns what improved what. */
  private List<Improvement> run() throws IOException {
    StringBuilder yaml =
        new StringBuilder(
            """
            hone: 1
            name: losses
            seed: 1
            dataset: {use: mnist, with: {split: test}, take: 12}
            model: {card: models/mnist-lenet5}
            run: {batch: 6, threads: 2}
            metrics: [success-rate]
            save: all
            steps:
            """);
    List<Improvement> improvements = new ArrayList<>();
    Map<String, String> components = components();
    ATTACKS.forEach(
        (attack, component) -> {
          yaml.append("  - {id: %s, attack: %s}%n".formatted(attack, component));
          components.forEach(
              (id, improver) -> {
                String name = id + "-" + attack;
                step(yaml, improvements, new Improvement(name, attack, false), improver);
                step(yaml, improvements, new Improvement(name + "-grid", attack, true), improver);
                String few = improver + ", queries: 4";
                step(yaml, improvements, new Improvement(name + "-few", attack, false), few);
              });
          for (List<String> chain : CHAINS) {
            for (boolean grid : new boolean[] {false, true}) {
              String of = attack;
              for (String id : chain) {
                String name = String.join("-", chain) + (grid ? "-grid-" : "-") + id + "-" + attack;
                step(yaml, improvements, new Improvement(name, of, grid), components.get(id));
                of = name;
              }
            }
          }
        });
    Path scenario = Files.writeString(folder.resolve("losses.yaml"), yaml, UTF_8);

    int exitCode =
        Main.commandLine().execute("run", scenario.toString(), "--out=" + folder.resolve("out"));
    assertThat(exitCode).isZero();
    return improvements;
  }

  private static void step(
      StringBuilder yaml, List<Improvement> improvements, Improvement improvement, String text) {
    yaml.append(
        "  - {id: %s, of: %s, grid: %s, improve: %s}%n"
            .formatted(
                improvement.id(), improvement.of(), improvement.grid() ? "8bit" : "float", text));
    improvements.add(improvement);
  }

  /** Returns each improver of the distribution with the parameters of its own example. */
  private static Map<String, String> components() {
    try (Hone hone = InstalledHone.builder().open()) {
      return hone.components().descriptors(ComponentKind.IMPROVER).stream()
          .collect(
              toMap(
                  ComponentDescriptor::id,
                  improver -> "{use: %s, with: %s}".formatted(improver.id(), improver.example())));
    }
  }

  private float[][] images(String step) {
    return NumpyFiles.images(array(step));
  }

  private Path array(String name) {
    return folder.resolve("out/arrays/" + name + ".npy");
  }

  /** What the table of samples says of one sample at one step. */
  private record Row(String predicted, boolean success, boolean success8bit, String reason) {}

  /** Returns the rows by step and sample, in the order of the arrays. */
  private Map<String, Map<String, Row>> rows() throws IOException {
    List<String[]> lines =
        Files.readAllLines(folder.resolve("out/samples.csv")).stream()
            .map(line -> line.replace("\"", "").split(",", -1))
            .toList();
    List<String> header = List.of(lines.get(0));
    Map<String, Map<String, Row>> rows = new LinkedHashMap<>();
    for (String[] line : lines.subList(1, lines.size())) {
      rows.computeIfAbsent(line[header.indexOf("step")], step -> new LinkedHashMap<>())
          .put(
              line[header.indexOf("index")],
              new Row(
                  line[header.indexOf("predicted")],
                  line[header.indexOf("success")].equals("true"),
                  line[header.indexOf("success_8bit")].equals("true"),
                  line[header.indexOf("reason")]));
    }
    return rows;
  }
}
