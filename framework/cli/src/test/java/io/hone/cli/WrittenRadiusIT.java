package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.geometry.Norm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No image that an attack emits is farther from its clean image than the scenario's epsilon. */
class WrittenRadiusIT {
  private static final List<String> LINF =
      List.of("fgsm", "bim", "mi-fgsm", "pgd", "least-likely", "r-fgsm", "r-fgsm-iterated");
  private static final List<String> OTHERS = List.of("fgsm", "bim", "pgd", "uniform-noise");

  @TempDir Path folder;

  @Test
  void noImageLeavesTheBallOfItsEpsilon() throws Exception {
    StringBuilder steps = new StringBuilder();
    for (String attack : LINF) {
      steps.append(step("tenth-" + attack, attack, "epsilon: 0.1", ""));
      steps.append(step("fifth-" + attack, attack, "epsilon: 0.2", ", grid: 8bit"));
      steps.append(step("grey-" + attack, attack, "epsilon: 8/255", ""));
      steps.append(step("level-" + attack, attack, "epsilon: 8px", ", grid: 8bit"));
    }
    steps.append(step("grey-noise", "uniform-noise", "epsilon: 8/255", ""));
    for (String attack : OTHERS) {
      steps.append(step("l2-" + attack, attack, "epsilon: 1.2, norm: l2", ""));
    }
    steps.append(step("l1-fgsm", "fgsm", "epsilon: 7.7, norm: l1", ""));
    steps.append(step("l1-pgd", "pgd", "epsilon: 7.7, norm: l1", ""));

    assertThat(run(steps, "[]")).isZero();

    for (String attack : LINF) {
      assertWithin("tenth-" + attack, Norm.LINF, 0.1);
      assertWithin("fifth-" + attack, Norm.LINF, 0.2);
      assertWithin("grey-" + attack, Norm.LINF, 8 / 255.0);
      assertWithin("level-" + attack, Norm.LINF, 8 / 255.0);
    }
    assertWithin("grey-noise", Norm.LINF, 8 / 255.0);
    for (String attack : OTHERS) {
      assertWithin("l2-" + attack, Norm.L2, 1.2);
    }
    assertWithin("l1-fgsm", Norm.L1, 7.7);
    assertWithin("l1-pgd", Norm.L1, 7.7);
  }

  @Test
  void expectationsOfTheWrittenEpsilonAreMet() throws Exception {
    String steps =
        step("f", "fgsm", "epsilon: 0.2", "")
            + step("p", "pgd", "epsilon: 30/255, stop-at-success: false", "");

    assertThat(
            run(
                new StringBuilder(steps),
                "[f.linf.max <= 0.2, p.linf.max <= 30/255, p.linf.max <= %s]"
                    .formatted(30 / 255.0)))
        .isZero();
  }

  private static String step(String id, String attack, String parameters, String more) {
    return "  - {id: %s, attack: {use: %s, with: {%s}}%s}%n"
        .formatted(id, attack, parameters, more);
  }

  private int run(StringBuilder steps, String expect) throws Exception {
    Path file = folder.resolve("radius.yaml");
    Files.writeString(
        file,
        """
        hone: 1
        name: radius
        seed: 1
        dataset: {use: mnist, with: {split: test}, take: 16}
        model: {card: %s}
        run: {batch: 16, threads: 1}
        save: all
        expect: %s
        steps:
        %s"""
            .formatted(HoneProcess.checkout().resolve("models/mnist-lenet5"), expect, steps));
    return Main.commandLine()
        .execute("run", file.toString(), "--out=" + folder.resolve("results"), "--overwrite");
  }

  private void assertWithin(String step, Norm norm, double epsilon) {
    Path arrays = folder.resolve("results/arrays");
    float[][] clean = NumpyFiles.images(arrays.resolve("clean.npy"));
    float[][] emitted = NumpyFiles.images(arrays.resolve(step + ".npy"));
    double farthest = 0;
    for (int image = 0; image < clean.length; image++) {
      farthest = Math.max(farthest, norm.distance(emitted[image], clean[image]));
    }
    assertThat(farthest).as(step).isPositive().isLessThanOrEqualTo(epsilon);
  }
}
