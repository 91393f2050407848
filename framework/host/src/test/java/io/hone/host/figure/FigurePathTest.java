package io.hone.host.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FigurePathTest {
  @ParameterizedTest
  @CsvSource({
    "intervals.success_rate.low, '', success_rate, low",
    "intervals.transfer_rate.all.n, '', transfer_rate.all, n",
    "worst_class.accuracy, worst_class, accuracy, ",
    "worst_class.intervals.accuracy.high, worst_class, accuracy, high",
    "classes.12.success_rate, classes.12, success_rate, ",
    "classes.3.intervals.accuracy.count, classes.3, accuracy, count",
  })
  void takesStatisticsApart(String path, String group, String figure, String part) {
    FigurePath parsed = FigurePath.of(path);

    assertThat(parsed).isEqualTo(new FigurePath(group, figure, Optional.ofNullable(part)));
    assertThat(parsed.isStatistic()).isTrue();
    assertThat(parsed.isCount()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"success_rate", "l0.mean", "tint.intervals.low", "classes_seen.mean"})
  void leavesFiguresAsTheyAre(String path) {
    assertThat(FigurePath.of(path)).isEqualTo(new FigurePath("", path, Optional.empty()));
    assertThat(FigurePath.of(path).isStatistic()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"intervals", "intervals.accuracy", "worst_class", "classes.cat.accuracy"})
  void whatIsHalfAStatisticIsNoFigure(String path) {
    FigurePath parsed = FigurePath.of(path);

    assertThat(parsed.isStatistic()).isTrue();
    assertThat(parsed.figure()).isEqualTo(path);
    assertThat(FrameworkFigures.isTaken(path)).isTrue();
  }

  @Test
  void aClassHasCountsAndANumber() {
    assertThat(FigurePath.of("worst_class.samples").isCount()).isTrue();
    assertThat(FigurePath.of("worst_class.class").isCount()).isTrue();
    assertThat(FigurePath.of("samples").isCount()).isFalse();
    assertThat(FigurePath.of("classes.12.attempted").classNumber()).contains(12);
    assertThat(FigurePath.of("worst_class.attempted").classNumber()).isEmpty();
  }

  @Test
  void namesWhatIsBesideIt() {
    List<String> rates = List.of("accuracy");
    assertThat(FigurePath.of("intervals.acuracy.low").near(rates))
        .containsExactly(
            "intervals.accuracy.n",
            "intervals.accuracy.count",
            "intervals.accuracy.low",
            "intervals.accuracy.high");
    assertThat(FigurePath.of("classes.2.acuracy").near(rates))
        .contains("classes.2.accuracy", "classes.2.intervals.accuracy.low", "classes.2.samples");
    assertThat(FigurePath.of("worst_class").near(rates)).contains("worst_class.accuracy");
  }
}
