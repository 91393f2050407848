package io.hone.scenario.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosticsTest {
  private final SourceText source = SourceText.ofFile("dir/a.yaml", "one: 1\r\ntwo:\t{x: 2}\n");

  @Test
  void showsTheLineWithACaretAndTheNotes() {
    assertThat(new Diagnostic(source.at(2, 7), "no 'x'", List.of("known there: y", "z")).format())
        .isEqualTo(
            """
            dir/a.yaml:2:7: no 'x'
                two: {x: 2}
                      ^
                known there: y
                z""");
  }

  @Test
  void showsAnEndOfFileWithoutALine() {
    assertThat(new Diagnostic(source.at(3, 1), "ends too soon", List.of()).format())
        .isEqualTo("dir/a.yaml:3:1: ends too soon");
  }

  @Test
  void cutsALongLineAroundTheCaret() {
    SourceText wide = SourceText.ofFile("w", "x".repeat(300) + "HERE" + "y".repeat(300));
    List<String> lines =
        new Diagnostic(wide.at(1, 301), "wide", List.of()).format().lines().toList();

    assertThat(lines.get(1)).hasSize(4 + 160);
    assertThat(lines.get(1).substring(lines.get(2).indexOf('^'))).startsWith("HERE");
  }

  @Test
  void tellsAnOptionByItself() {
    SourceText option = SourceText.ofOption("--set seed=x", "seed=x");

    assertThat(new Diagnostic(option.at(1, 6), "no number", List.of()).format())
        .isEqualTo("--set seed=x: no number\n    seed=x\n         ^");
  }

  @Test
  void throwsEverythingInReadingOrderAndTwinsOnce() {
    Diagnostics diagnostics = new Diagnostics();
    diagnostics.add(SourceText.ofOption("--set a=1", "a=1").at(1, 1), "option");
    diagnostics.add(source.at(2, 1), "later");
    diagnostics.add(source.at(1, 6), "first");
    diagnostics.add(source.at(2, 1), "later");

    assertThatThrownBy(diagnostics::throwIfAny)
        .isInstanceOfSatisfying(
            ScenarioException.class,
            thrown ->
                assertThat(thrown.diagnostics())
                    .extracting(Diagnostic::message)
                    .containsExactly("first", "later", "option"))
        .hasMessageEndingWith("\n\n3 errors; nothing was run");
  }

  @Test
  void throwsNothingWhenNothingIsWrong() {
    Diagnostics diagnostics = new Diagnostics();
    diagnostics.throwIfAny();

    assertThat(diagnostics.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "epsilon, epsilon, 0",
    "epsilno, epsilon, 1",
    "epsilon, epsilo, 1",
    "Epsilon, epsilon, 0",
    "step_size, step-size, 0",
    "gredy, greedy, 1",
    "fgsm, pgd, 3",
    "'', abc, 3"
  })
  void countsEdits(String left, String right, int expected) {
    assertThat(Spelling.distance(left, right)).isEqualTo(expected);
    assertThat(Spelling.distance(right, left)).isEqualTo(expected);
  }

  @Test
  void guessesOnlyWhatIsNear() {
    List<String> known = List.of("fgsm", "greedy", "gaussian-noise");

    assertThat(Spelling.nearest("fsgm", known)).contains("fgsm");
    assertThat(Spelling.nearest("gausian-nois", known)).contains("gaussian-noise");
    assertThat(Spelling.nearest("pgd", known)).isEmpty();
    assertThat(Spelling.didYouMean("gready", known)).isEqualTo("; did you mean 'greedy'?");
    assertThat(Spelling.didYouMean("other", known)).isEmpty();
  }
}
