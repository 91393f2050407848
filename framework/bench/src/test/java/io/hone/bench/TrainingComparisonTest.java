package io.hone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TrainingComparisonTest {
  private static final TrainingWorkload WORKLOAD = TrainingWorkload.LENET5;
  private static final TrainingFigures FIGURES = figures(60_074, 2.3, 2.2);

  private final List<String> asked = new ArrayList<>();

  @Test
  void acceptsSidesThatLearnTheSameNetwork() {
    assertThatCode(comparison(side("one", FIGURES), side("two", FIGURES))::check)
        .doesNotThrowAnyException();
    assertThat(asked).containsExactly("one 64 x 4", "two 64 x 4");
  }

  @Test
  void refusesASideWithOtherLayers() {
    TrainingFigures larger = figures(60_075, 2.3, 2.2);
    assertThatThrownBy(comparison(side("one", FIGURES), side("two", larger))::check)
        .hasMessageContaining("two trains 60075 weights of lenet5, but one trains 60074");
  }

  @Test
  void refusesASideThatDoesNotLearn() {
    TrainingFigures constant = figures(60_074, 2.3, 2.3);
    assertThatThrownBy(comparison(side("one", FIGURES), side("two", constant))::check)
        .hasMessageContaining("two does not learn lenet5: the loss went from 2.3 to 2.3");
    TrainingFigures diverged = figures(60_074, 2.3, Double.NaN);
    assertThatThrownBy(comparison(side("one", diverged))::check).hasMessageContaining("to NaN");
  }

  @Test
  void letsSidesTakeTurns() throws IOException {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(log, true, StandardCharsets.UTF_8);
    List<TrainingTurns> turns =
        comparison(side("one", FIGURES), side("two", FIGURES))
            .turns(100, 2, new Streams(stream, stream));
    assertThat(asked).containsExactly("one 100 x 1", "two 100 x 1", "one 100 x 1", "two 100 x 1");
    assertThat(turns).allSatisfy(side -> assertThat(side.figures()).hasSize(2));
    assertThat(log.toString(StandardCharsets.UTF_8).lines())
        .hasSize(4)
        .contains("lenet5: two, threads 1: 4.00 s, CPU 6.00 s");
  }

  @Test
  void comparesNoNumberThatASideDoesNotTell() {
    TrainingFigures silent = new TrainingFigures(4, 6, OptionalLong.empty(), 2.3, 2.2);
    assertThatCode(comparison(side("one", FIGURES), side("two", silent))::check)
        .doesNotThrowAnyException();
  }

  private static TrainingFigures figures(long weights, double firstLoss, double lastLoss) {
    return new TrainingFigures(4, 6, OptionalLong.of(weights), firstLoss, lastLoss);
  }

  private static TrainingComparison comparison(TrainingSide... sides) {
    return new TrainingComparison(WORKLOAD, List.of(sides));
  }

  private TrainingSide side(String name, TrainingFigures figures) {
    return new Told(name, figures, asked);
  }

  /** Tells the same figures of every training. */
  private record Told(String name, TrainingFigures figures, List<String> asked)
      implements TrainingSide {
    @Override
    public int threads() {
      return 1;
    }

    @Override
    public TrainingFigures train(TrainingWorkload workload, TrainingLength length) {
      asked.add("%s %d x %d".formatted(name, length.examples(), length.epochs()));
      return figures;
    }
  }
}
