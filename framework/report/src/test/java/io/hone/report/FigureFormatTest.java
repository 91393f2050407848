package io.hone.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureFormatTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.0 %",
    "1, 100.0 %",
    "0.8621, 86.2 %",
    "0.9997, 99.97 %",
    "0.99999, 99.999 %",
    "0.0002, 0.02 %",
    "-0.25, -25.0 %",
    "12.5, '1,250.0 %'"
  })
  void sharesReadAsPercent(double value, String text) {
    assertThat(FigureFormat.SHARE.text(value).replace('\u00a0', ' ')).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1009, '1,009'",
    "-3, -3",
    "106.47, 106.5",
    "99.94, 99.9",
    "3.4882, 3.49",
    "0.30000001192092896, 0.300",
    "0.0837, 0.0837",
    "12345.6, '12,346'",
    "0.00001234, 1.23e-05",
    "1e20, 1.00e+20"
  })
  void otherFiguresKeepThreeDigits(double value, String text) {
    assertThat(FigureFormat.PLAIN.text(value)).isEqualTo(text);
  }

  @Test
  void whatIsNoNumberSaysSo() {
    assertThat(FigureFormat.SHARE.text(Double.NaN)).isEqualTo("not a number");
    assertThat(FigureFormat.PLAIN.text(Double.POSITIVE_INFINITY)).isEqualTo("not a number");
  }

  @Test
  void thePathTellsSharesApart() {
    assertThat(
            List.of(
                "success_rate",
                "success_rate_8bit",
                "clean_accuracy",
                "reduction_rate.l0",
                "kept_at_threshold.mean"))
        .allMatch(path -> FigureFormat.of(path) == FigureFormat.SHARE);
    assertThat(
            List.of(
                "l0.mean",
                "ssim.mean",
                "seconds",
                "reduction_rate.l0_left_out",
                "kept_at_threshold.sum",
                "iterations.mean",
                "learning_rate"))
        .allMatch(path -> FigureFormat.of(path) == FigureFormat.PLAIN);
  }

  @Test
  void readsTheSameInEveryCountry() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(FigureFormat.SHARE.text(0.8621)).isEqualTo("86.2\u00a0%");
      assertThat(FigureFormat.PLAIN.text(12345.6)).isEqualTo("12,346");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void labelsAreWords() {
    assertThat(
            Map.of(
                "reduction_rate.l0", FigureLabel.of("reduction_rate.l0"),
                "cumulated.queries.forward", FigureLabel.of("cumulated.queries.forward"),
                "my_figure.mean", FigureLabel.of("my_figure.mean")))
        .containsEntry("reduction_rate.l0", "Reduced against the attack, L0")
        .containsEntry("cumulated.queries.forward", "Along the chain, queries, forward")
        .containsEntry("my_figure.mean", "My figure, mean");
  }
}
