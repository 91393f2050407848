package io.hone.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VerticalAxisTest {
  static List<Arguments> labels() {
    return List.of(
        Arguments.of(List.of(0.12, 0.4), List.of("0", "0.1", "0.2", "0.3", "0.4")),
        Arguments.of(List.of(0.61, 0.69), List.of("0.6", "0.62", "0.64", "0.66", "0.68", "0.7")),
        Arguments.of(List.of(-3.0, 4.5), List.of("-4", "-2", "0", "2", "4", "6")),
        Arguments.of(List.of(0.02, 0.5), List.of("0.02", "0.05", "0.1", "0.2", "0.5")),
        Arguments.of(List.of(0.0003, 2.3), List.of("0.0001", "0.001", "0.01", "0.1", "1", "10")),
        Arguments.of(List.of(3e-7, 2e-5), List.of("1e-7", "1e-6", "1e-5", "0.0001")),
        Arguments.of(List.of(0.5), List.of("0", "0.1", "0.2", "0.3", "0.4", "0.5")),
        Arguments.of(List.of(0.0, 0.0), List.of("0", "0.2", "0.4", "0.6", "0.8", "1")),
        Arguments.of(List.of(1000000.0, 1000001.0), List.of("0", "500000", "1000000", "1500000")));
  }

  @ParameterizedTest
  @MethodSource("labels")
  void linesOfTheGridAreRoundNumbersAroundTheValues(List<Double> values, List<String> labels) {
    VerticalAxis axis = VerticalAxis.of(values);

    assertThat(axis.grid()).extracting(VerticalAxis.Grid::label).isEqualTo(labels);
  }

  @Test
  void theAxisIsLogarithmicBeyondADecade() {
    assertThat(VerticalAxis.of(List.of(0.1, 1.0)).logarithmic()).isFalse();
    assertThat(VerticalAxis.of(List.of(0.1, 1.1)).logarithmic()).isTrue();
    assertThat(VerticalAxis.of(List.of(0.0, 100.0)).logarithmic()).isFalse();
    assertThat(VerticalAxis.of(List.of(-1.0, 100.0)).logarithmic()).isFalse();
    assertThat(VerticalAxis.of(List.of(0.01, 1.0)).place(0.1)).isCloseTo(0.5, within(1e-12));
  }

  /** Whatever a trainer gives has its place, and the chart has a few lines. */
  @Test
  void anyValuesAreOnTheAxis() {
    List<Double> sizes =
        Stream.of(0.0, 1e-300, 1e-38, 1e-6, 0.1, 1 / 3.0, 0.999, 1.0, 7.0, 1234.5, 1e9, 3e38)
            .flatMap(size -> Stream.of(size, -size))
            .toList();
    for (double first : sizes) {
      for (double second : sizes) {
        VerticalAxis axis = VerticalAxis.of(List.of(first, second));

        List<Double> places = new ArrayList<>();
        axis.grid().forEach(line -> places.add(line.place()));
        assertThat(places).hasSizeBetween(2, 8).isSorted().startsWith(0.0).endsWith(1.0);
        assertThat(axis.grid()).extracting(VerticalAxis.Grid::label).doesNotHaveDuplicates();
        assertThat(axis.place(first)).isBetween(0.0, 1.0);
        assertThat(axis.place(Math.max(first, second)))
            .isGreaterThanOrEqualTo(axis.place(Math.min(first, second)));
        if (Math.abs(first - second) > 0.1 * Math.max(Math.abs(first), Math.abs(second))) {
          assertThat(axis.place(first)).isNotEqualTo(axis.place(second));
        }
      }
    }
  }

  @Test
  void sharesGoFromNothingToAll() {
    VerticalAxis axis = VerticalAxis.shares();

    assertThat(axis.grid())
        .extracting(VerticalAxis.Grid::label)
        .containsExactly("0\u00a0%", "25\u00a0%", "50\u00a0%", "75\u00a0%", "100\u00a0%");
    assertThat(axis.place(0.25)).isEqualTo(0.25);
    assertThat(axis.place(1.5)).as("a value that is no share").isEqualTo(1);
  }
}
