package io.hone.training;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.scenario.Goal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LabelGoalTest {
  @Test
  void takesGoalsThatTheLabelDecides() {
    assertThatCode(
            () -> {
              LabelGoal.check(new Goal.Fixed(4), "generator", 10);
              LabelGoal.check(new Goal.Mapping(Map.of(3, 8, 4, 4)), "generator", 10);
            })
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("undecidedGoals")
  void refusesGoalsThatTheLabelDoesNotDecide(Goal goal) {
    assertThatThrownBy(() -> LabelGoal.check(goal, "generator", 10))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("generator")
        .hasMessageContaining("{targeted: 4}");
  }

  static List<Goal> undecidedGoals() {
    return List.of(
        new Goal.Untargeted(), new Goal.NextBest(), new Goal.LeastLikely(), new Goal.Random());
  }

  @Test
  void refusesClassesThatTheModelDoesNotHave() {
    assertThatThrownBy(() -> LabelGoal.check(new Goal.Fixed(10), "generator", 10))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("names class 10")
        .hasMessageContaining("0 to 9");
  }
}
