package io.hone.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.engine.results.StepSummary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntriesTest {
  @Test
  void everyEntryStandsBelowWhatItReceived() {
    assertThat(Entries.of(SampleRun.chainSteps()))
        .extracting(entry -> entry.depth() + " " + entry.name())
        .containsExactly(
            "0 clean",
            "1 fgsm",
            "2 greedy",
            "2 learned",
            "3 finish",
            "4 recover@finish",
            "2 recover@fgsm",
            "1 recover@clean");
  }

  @Test
  void aChainWhoseStartIsMissingStartsWhereItCan() {
    assertThat(Entries.of(List.of(step("greedy", "fgsm"), step("finish", "greedy"))))
        .extracting(entry -> entry.depth() + " " + entry.name())
        .containsExactly("0 greedy", "1 finish");
  }

  @Test
  void aCombinationIsBelowTheCleanImagesThatItsSourcesStartFrom() {
    List<StepSummary> steps =
        List.of(
            SampleRun.step("clean[card=a]", null, "clean", "", 1, 1, Map.of()),
            SampleRun.step("clean[card=b]", null, "clean", "", 1, 1, Map.of()),
            SampleRun.step("fgsm[card=b]", "clean[card=b]", "attack", "fgsm", 1, 1, Map.of()),
            SampleRun.step("greedy[card=b]", "fgsm[card=b]", "improve", "greedy", 1, 1, Map.of()),
            SampleRun.combination("best[card=b]", "fgsm[card=b]", "greedy[card=b]"),
            SampleRun.step("last[card=b]", "best[card=b]", "improve", "greedy", 1, 1, Map.of()));

    assertThat(Entries.of(steps))
        .extracting(entry -> entry.depth() + " " + entry.name() + " " + entry.tone())
        .containsExactly(
            "0 clean[card=a] clean",
            "0 clean[card=b] clean",
            "1 fgsm[card=b] perturbs",
            "2 greedy[card=b] improves",
            "1 best[card=b] perturbs",
            "2 last[card=b] improves");
    assertThat(Entries.of(steps).get(4).sentence())
        .isEqualTo("the nearest success of fgsm[card=b], greedy[card=b], sample by sample");
  }

  @Test
  void aCombinationOfACircleIsShown() {
    assertThat(
            Entries.of(
                List.of(step("a", "b"), step("b", "a"), SampleRun.combination("c", "a", "b"))))
        .extracting(Entry::name)
        .containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void aCircleIsShownAllTheSame() {
    assertThat(Entries.of(List.of(step("a", "b"), step("b", "a"))))
        .extracting(Entry::name)
        .containsExactly("a", "b");
  }

  @Test
  void tellsOverHowManySamplesAFigureIsTaken() {
    List<Entry> entries = Entries.of(SampleRun.chainSteps());

    assertThat(entries.get(1).over("success_rate")).hasValue(994L);
    assertThat(entries.get(1).over("l0")).hasValue(972L);
    assertThat(entries.get(5).over("recovery_rate")).hasValue(972L);
    assertThat(entries.get(5).over("accuracy")).hasValue(1009L);
    assertThat(entries.get(0).over("l0")).isEmpty();
  }

  private static StepSummary step(String name, String of) {
    return SampleRun.step(name, of, "improve", "greedy", 1, 1, Map.of());
  }
}
