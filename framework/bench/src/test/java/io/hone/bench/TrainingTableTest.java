package io.hone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TrainingTableTest {
  private static final TrainingSide FIRST = new HoneTraining("first", 2, Path.of(""));
  private static final TrainingSide SECOND = new HoneTraining("second", 2, Path.of(""));

  private final TrainingTable table =
      new TrainingTable(List.of("Hone, first", "missing", "Hone, second"), "Hone, second");

  @Test
  void dividesMediansByThoseOfTheReference() {
    table.add(
        TrainingWorkload.LENET5,
        6000,
        2,
        List.of(turns(FIRST, 3, 1, 5), turns(SECOND, 2, 2.5, 1.5)));
    assertThat(table.lines())
        .containsExactly(
            "| network | examples | threads | seconds | Hone, first | missing | Hone, second |",
            "|---|---:|---:|---|---:|---:|---:|",
            "| `lenet5` | 6,000 | 2 | wall | 3.00 (1.50) |  | 2.00 (1.00) |",
            "| `lenet5` | 6,000 | 2 | CPU | 30.00 (1.50) |  | 20.00 (1.00) |");
  }

  @Test
  void tellsSecondsAloneWithoutTheReference() {
    table.add(TrainingWorkload.LENET5, 70, 1, List.of(turns(FIRST, 0.25)));
    assertThat(table.lines())
        .contains(
            "| `lenet5` | 70 | 1 | wall | 0.25 |  |  |",
            "| `lenet5` | 70 | 1 | CPU | 2.50 |  |  |");
  }

  private static TrainingTurns turns(TrainingSide side, double... seconds) {
    return new TrainingTurns(
        side,
        Arrays.stream(seconds)
            .mapToObj(turn -> new TrainingFigures(turn, 10 * turn, OptionalLong.empty(), 2, 1))
            .toList());
  }
}
