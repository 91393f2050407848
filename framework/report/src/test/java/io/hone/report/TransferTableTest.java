package io.hone.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.engine.results.StepSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransferTableTest {
  private static StepSummary shown(String of, String model, Map<String, Object> rates) {
    return SampleRun.step(
        "show@" + of + "[card=" + model + "]",
        of,
        "evaluate",
        model,
        100,
        90,
        Map.of("transfer_rate", rates));
  }

  private static List<StepSummary> steps(StepSummary... more) {
    List<StepSummary> steps = new ArrayList<>(SampleRun.chainSteps().subList(0, 3));
    steps.addAll(List.of(more));
    return steps;
  }

  @Test
  void hasARowForTheExamplesAndAColumnForEachModelThatJudges() {
    TransferTable table =
        TransferTable.of(
                Entries.of(
                    steps(
                        shown("fgsm", "lenet5", Map.of("all", 0.4, "successes", 0.5)),
                        shown("fgsm", "vgg", Map.of("all", 0.1)),
                        shown("greedy", "lenet5", Map.of("all", 0.2, "successes", 0.25)))))
            .orElseThrow();

    assertThat(table.judges()).containsExactly("lenet5", "vgg");
    assertThat(table.rows()).extracting(row -> row.made().name()).containsExactly("greedy", "fgsm");
    List<Optional<TransferTable.Cell>> greedy = table.rows().get(0).cells();
    assertThat(greedy.get(0).orElseThrow().all().text()).isEqualTo("20.0\u00a0%");
    assertThat(greedy.get(1)).as("never shown").isEmpty();
    List<Optional<TransferTable.Cell>> fgsm = table.rows().get(1).cells();
    assertThat(fgsm.get(0).orElseThrow().width()).isEqualTo("50.00%");
    assertThat(fgsm.get(1).orElseThrow().successes()).isEmpty();
  }

  @Test
  void tellsTheSameModelInSeveralFormsApart() {
    List<StepSummary> steps = new ArrayList<>(steps());
    for (double tilt : new double[] {0, 0.2}) {
      steps.add(
          SampleRun.variant(
              "show",
              "fgsm",
              "evaluate",
              "tilt",
              tilt,
              Map.of("transfer_rate", Map.of("all", tilt))));
    }
    TransferTable table = TransferTable.of(Entries.of(steps)).orElseThrow();
    assertThat(table.judges()).hasSize(2).allMatch(judge -> judge.contains("(tilt=0"));
  }

  @Test
  void isLeftOutWhereThereIsNothingToCompare() {
    assertThat(TransferTable.of(Entries.of(steps()))).isEmpty();
    assertThat(
            TransferTable.of(
                Entries.of(steps(shown("fgsm", "vgg", Map.of("all", 0.1, "successes", 0.2))))))
        .isEmpty();
  }
}
