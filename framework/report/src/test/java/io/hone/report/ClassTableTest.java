package io.hone.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.engine.results.StepStatistics;
import io.hone.engine.results.StepSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClassTableTest {
  private static final List<String> RATES = List.of("accuracy", "success_rate");

  private static Optional<ClassTable> table(StepStatistics statistics) {
    StepSummary step =
        SampleRun.step("fgsm", "clean", "attack", "fgsm", 1000, 990, Map.of("accuracy", 0.5))
            .with(statistics);
    return ClassTable.of(Entries.of(List.of(step)).get(0));
  }

  @Test
  void marksTheWorstClassAndNamesTheOthers() {
    ClassTable table = table(SampleRun.statistics(RATES, 10, 100)).orElseThrow();

    assertThat(table.rates()).containsExactly("Success rate", "Accuracy");
    assertThat(table.rows()).hasSize(10);
    assertThat(table.rows().get(0).name()).isEqualTo("first <b>");
    assertThat(table.rows().get(3).name()).isEqualTo("3");
    assertThat(table.rows())
        .filteredOn(ClassTable.Row::worst)
        .extracting(ClassTable.Row::number)
        .containsExactly(9);
    ClassTable.Cell accuracy = table.rows().get(9).cells().get(1).orElseThrow();
    assertThat(accuracy.figure()).isEqualTo(new Figure("classes.9.accuracy", 0.09));
    assertThat(accuracy.figure().text()).isEqualTo("9.0\u00a0%");
    assertThat(accuracy.width()).isEqualTo("9.00%");
    assertThat(table.notes()).containsExactly("The worst class has the lowest accuracy.");
  }

  @Test
  void saysWhatSmallClassesMean() {
    assertThat(table(SampleRun.statistics(RATES, 3, 9)).orElseThrow().notes())
        .containsExactly("No class has 10 samples, so none is called the worst.");
  }

  @Test
  void ofManyClassesTheLowestAreShownInTheirOrder() {
    ClassTable table = table(SampleRun.statistics(RATES, 100, 1000)).orElseThrow();

    assertThat(table.rows())
        .hasSize(ClassTable.MOST_SHOWN)
        .extracting(ClassTable.Row::number)
        .isSorted()
        .startsWith(70)
        .endsWith(99);
    assertThat(table.notes()).contains("Shown are the 30 classes with the lowest accuracy of 100.");
  }

  @Test
  void aSingleClassNeedsNoTable() {
    assertThat(table(SampleRun.statistics(RATES, 1, 100))).isEmpty();
    assertThat(table(StepStatistics.of(Map.of(), List.of()))).isEmpty();
  }
}
