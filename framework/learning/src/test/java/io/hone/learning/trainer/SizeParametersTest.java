package io.hone.learning.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.train.RefusedChoiceException;
import io.hone.learning.engine.SizeRange;
import io.hone.learning.loop.BatchSizes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SizeParametersTest {
  @Test
  void areARangeOrNone() {
    assertThat(SizeParameters.NONE.batches()).isEmpty();
    assertThat(range(28, 40)).contains(new SizeRange(28, 40));
    assertThat(range(32, 32)).contains(new SizeRange(32, 32));
    assertThat(range(1, 64).orElseThrow().count()).isEqualTo(64);
  }

  private static Optional<SizeRange> range(Integer... sizes) {
    return new SizeParameters(List.of(sizes), 0).batches().map(BatchSizes::range);
  }

  @Test
  void growWhereThereIsARange() {
    assertThat(new SizeParameters(List.of(16, 32), 0.5).batches().orElseThrow().growth())
        .isEqualTo(0.5);
    assertThatThrownBy(new SizeParameters(List.of(), 0.5)::batches)
        .isInstanceOf(RefusedChoiceException.class)
        .hasFieldOrPropertyWithValue("key", "with.growth")
        .hasMessageContaining("nothing grows without sizes; write a range such as sizes: [16, 32]");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(List.of(28), "two numbers, the smallest and the largest, and here are 1"),
        Arguments.of(List.of(28, 32, 40), "and here are 3"),
        Arguments.of(List.of(40, 28), "there is no size between 40 and 28"),
        Arguments.of(List.of(0, 28), "there is no size between 0 and 28"),
        Arguments.of(List.of(1, 65), "there are 65 sizes from 1 to 65"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void refuseWhatIsNoRange(List<Integer> sizes, String problem) {
    assertThatThrownBy(new SizeParameters(sizes, 0)::batches)
        .isInstanceOf(RefusedChoiceException.class)
        .hasFieldOrPropertyWithValue("key", "with.sizes")
        .hasMessageContaining(problem)
        .hasMessageEndingWith("; write a range such as [28, 40]");
  }
}
