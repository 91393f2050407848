package io.hone.learning.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.train.RefusedChoiceException;
import io.hone.learning.engine.SizeRange;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SizeParametersTest {
  @Test
  void areARangeOrNone() {
    assertThat(SizeParameters.NONE.range()).isEmpty();
    assertThat(new SizeParameters(List.of(28, 40)).range()).contains(new SizeRange(28, 40));
    assertThat(new SizeParameters(List.of(32, 32)).range()).contains(new SizeRange(32, 32));
    assertThat(new SizeParameters(List.of(1, 64)).range().orElseThrow().count()).isEqualTo(64);
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
    assertThatThrownBy(new SizeParameters(sizes)::range)
        .isInstanceOf(RefusedChoiceException.class)
        .hasFieldOrPropertyWithValue("key", "with.sizes")
        .hasMessageContaining(problem)
        .hasMessageEndingWith("; write a range such as [28, 40]");
  }
}
