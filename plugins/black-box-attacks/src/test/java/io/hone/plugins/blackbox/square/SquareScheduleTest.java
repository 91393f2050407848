package io.hone.plugins.blackbox.square;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.ImageShape;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SquareScheduleTest {
  private static final ImageShape DIGIT = new ImageShape(1, 28, 28);

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "10, 1",
    "11, 2",
    "50, 2",
    "51, 4",
    "200, 4",
    "201, 8",
    "500, 8",
    "501, 16",
    "1000, 16",
    "1001, 32",
    "2000, 32",
    "2001, 64",
    "4000, 64",
    "4001, 128",
    "6000, 128",
    "6001, 256",
    "8000, 256",
    "8001, 512",
    "9999, 512"
  })
  void theShareIsHalvedAsTheAuthorsPlanned(int iteration, int divisor) {
    for (boolean rescaled : new boolean[] {false, true}) {
      SquareSchedule schedule = new SquareSchedule(0.8, 10_000, rescaled);
      assertThat(schedule.shareAt(iteration)).isEqualTo(0.8 / divisor);
    }
  }

  @Test
  void halvingsAreSpreadOverShorterSearches() {
    assertThat(firstIterations(new SquareSchedule(0.8, 100, true)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(1, 0, 4, 1, 8, 3, 16, 6, 32, 11, 64, 21, 128, 41, 256, 61, 512, 81));
  }

  @Test
  void withoutRescalingAShortSearchEndsWithLargeSquares() {
    assertThat(firstIterations(new SquareSchedule(0.8, 5000, false)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(1, 0, 2, 11, 4, 51, 8, 201, 16, 501, 32, 1001, 64, 2001, 128, 4001));
  }

  /** Returns in which iteration each divisor of the share is used first. */
  private static Map<Integer, Integer> firstIterations(SquareSchedule schedule) {
    Map<Integer, Integer> first = new TreeMap<>();
    for (int iteration = 0; iteration < schedule.iterations(); iteration++) {
      first.putIfAbsent((int) (0.8 / schedule.shareAt(iteration)), iteration);
    }
    return first;
  }

  @Test
  void theSideIsTheRootOfTheShareOfThePixels() {
    SquareSchedule schedule = new SquareSchedule(0.8, 10_000, true);
    // sqrt(0.8 * 784) = 25.04, sqrt(0.8 / 64 * 784) = 3.13, sqrt(0.8 / 512 * 784) = 1.11
    assertThat(schedule.side(0, DIGIT)).isEqualTo(25);
    assertThat(schedule.side(3000, DIGIT)).isEqualTo(3);
    assertThat(schedule.side(9000, DIGIT)).isEqualTo(1);
    // sqrt(0.8 / 4 * 784) = 12.5
    assertThat(schedule.side(100, DIGIT)).isEqualTo(13);
    assertThat(schedule.oddSide(0, DIGIT)).isEqualTo(25);
    assertThat(schedule.oddSide(500, DIGIT)).isEqualTo(9);
    assertThat(schedule.oddSide(9000, DIGIT)).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "1, 40, 1, 1",
    "40, 1, 1, 1",
    "2, 2, 2, 2",
    "3, 40, 3, 3",
    "32, 40, 32, 32"
  })
  void theSideFitsIntoTheShorterSide(int height, int width, int side, int oddSide) {
    SquareSchedule schedule = new SquareSchedule(1, 100, true);
    ImageShape shape = new ImageShape(3, height, width);
    assertThat(schedule.side(0, shape)).isEqualTo(side);
    assertThat(schedule.oddSide(0, shape)).isEqualTo(oddSide);
    assertThat(schedule.side(99, shape)).isBetween(1, side);
    assertThat(schedule.oddSide(99, shape)).isBetween(1, oddSide);
  }

  @Test
  void anEmptyShareStillChangesAPixel() {
    assertThat(new SquareSchedule(0, 100, true).side(0, DIGIT)).isEqualTo(1);
  }
}
