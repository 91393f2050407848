package io.hone.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private static final String LONG =
      "recover-with-two-autoencoders@improved-greedily[epsilon=0.0313725,threshold=0.96]";

  @Test
  void numbersAreShownInBlocksThatFit() {
    TextTable table = wide("fgsm");

    List<String> lines = printed(table, false);

    assertThat(lines).allMatch(line -> line.length() <= 80);
    assertThat(lines.stream().filter(line -> line.startsWith("step"))).hasSizeGreaterThan(1);
    assertThat(String.join(" ", lines)).contains("figure 11", "11.5");
  }

  @Test
  void longNamesGoOnInTheNextLineAndLoseNothing() {
    List<String> lines = printed(wide(LONG), false);

    assertThat(lines).allMatch(line -> line.length() <= 80);
    String names =
        String.join(
            "",
            lines.stream()
                .takeWhile(line -> !line.isEmpty())
                .skip(1)
                .map(line -> line.split(" ")[0])
                .toList());
    assertThat(names).isEqualTo(LONG);
  }

  @Test
  void aRowWithoutFiguresIsLeftOutOfLaterBlocks() {
    TextTable table = wide("fgsm");
    table.add(List.of("clean", "1", "2", "-", "-", "-", "-", "-", "-", "-", "-", "-"));

    assertThat(printed(table, false).stream().filter(line -> line.startsWith("clean"))).hasSize(1);
  }

  @Test
  void textFitsATerminalAndIsOneLineForPrograms() {
    TextTable table = new TextTable(false, "id", "what it does");
    table.add(List.of("pgd", "descends ".repeat(20).strip()));

    assertThat(printed(table, true)).hasSizeGreaterThan(3).allMatch(line -> line.length() <= 80);
    assertThat(printed(table, false)).hasSize(2);
  }

  @Test
  void whatFitsIsOneBlock() {
    TextTable table = new TextTable(true, "step", "samples");
    table.add(List.of("fgsm", "7"));

    assertThat(printed(table, false)).containsExactly("step  samples", "fgsm        7");
  }

  private static TextTable wide(String name) {
    String[] header = new String[12];
    header[0] = "step";
    for (int column = 1; column < header.length; column++) {
      header[column] = "figure " + column;
    }
    TextTable table = new TextTable(true, header);
    table.add(
        List.of(
            name, "1.5", "2.5", "3.5", "4.5", "5.5", "6.5", "7.5", "8.5", "9.5", "10.5", "11.5"));
    return table;
  }

  private static List<String> printed(TextTable table, boolean narrow) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    table.print(new PrintStream(text, true, StandardCharsets.UTF_8), narrow);
    return text.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
