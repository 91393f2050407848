package io.hone.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.hone.scenario.diagnostics.ScenarioException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is in a file, it is read or refused with places; nothing else ever happens. */
class ScenarioFuzzTest {
  /** More in a campaign: framework/bench/README.md has the command. */
  private static final int FILES = Integer.getInteger("hone.campaign.scenarios", 500);

  private static final List<String> FRAGMENTS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ", ",
          "- ",
          "\n",
          "  ",
          "\t",
          "'",
          "\"",
          "&a ",
          "*a",
          "<<: *a",
          "---\n",
          "!!int ",
          "|",
          "~",
          "#",
          "0",
          "-1",
          "1e999",
          ".nan",
          ".inf",
          "true",
          "null",
          "steps",
          "clean",
          "matrix: ",
          "of: ",
          "goal: ",
          "use: ",
          "with: ",
          "\u00E9",
          "\uD83D\uDE00",
          "99999999999999999999",
          "8/255",
          "/",
          "../..",
          "\u0000",
          "id: ",
          "x".repeat(300));

  @TempDir Path temporary;

  @Test
  void readsOrRefusesEveryMutatedScenario() {
    ScenarioFolder folder = new ScenarioFolder(temporary);
    Random random = new Random(20);
    int refused = 0;
    for (int file = 0; file < FILES; file++) {
      String text = mutate(ScenarioFolder.MAIN_JOB, random);
      if (assertTimeoutPreemptively(
          Duration.ofSeconds(10), () -> isRefused(folder, text), () -> "hangs on\n" + text)) {
        refused++;
      }
    }
    System.out.printf("campaign: %d mutated scenarios; %d refused%n", FILES, refused);
    assertThat(refused).as("refused of " + FILES).isBetween(FILES / 2, FILES - 1);
  }

  private static boolean isRefused(ScenarioFolder folder, String text) {
    try {
      folder.read(text);
      return false;
    } catch (ScenarioException expected) {
      assertThat(expected.diagnostics())
          .isNotEmpty()
          .allSatisfy(
              diagnostic -> {
                assertThat(diagnostic.place().line()).isPositive();
                assertThat(diagnostic.place().column()).isPositive();
                assertThat(diagnostic.format()).isNotBlank();
              });
      return true;
    } catch (RuntimeException unexpected) {
      throw new AssertionError("reading\n" + text, unexpected);
    }
  }

  private static String mutate(String text, Random random) {
    StringBuilder mutated = new StringBuilder(text);
    int mutations = 1 + random.nextInt(4);
    for (int mutation = 0; mutation < mutations; mutation++) {
      int at = random.nextInt(mutated.length());
      int end = Math.min(mutated.length(), at + 1 + random.nextInt(12));
      String fragment = FRAGMENTS.get(random.nextInt(FRAGMENTS.size()));
      switch (random.nextInt(6)) {
        case 0 -> mutated.delete(at, end);
        case 1 -> mutated.insert(at, fragment);
        case 2 -> mutated.replace(at, end, fragment);
        case 3 -> mutated.insert(random.nextInt(mutated.length()), mutated.substring(at, end));
        case 4 -> swapLines(mutated, random);
        default ->
            mutated.setCharAt(
                at,
                (char)
                    (random.nextInt(16) == 0 ? random.nextInt(0x10000) : 32 + random.nextInt(95)));
      }
      if (mutated.isEmpty()) {
        mutated.append('x');
      }
    }
    return mutated.toString().replaceAll("[\uD800-\uDFFF]", "?");
  }

  private static void swapLines(StringBuilder text, Random random) {
    List<String> lines = new ArrayList<>(List.of(text.toString().split("\n")));
    Collections.swap(lines, random.nextInt(lines.size()), random.nextInt(lines.size()));
    text.setLength(0);
    text.append(String.join("\n", lines));
  }
}
