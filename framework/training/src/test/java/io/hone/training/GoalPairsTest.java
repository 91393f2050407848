package io.hone.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.engine.ChainRunner.ChainImages;
import io.hone.scenario.Goal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoalPairsTest {
  /** Of the labels below, the model is wrong about the third. */
  private static final ChainImages IMAGES =
      new ChainImages(
          new ImageBatch(Tensor.images(5, new ImageShape(1, 1, 1)), new long[5]),
          new int[] {9, 4, 9, 3, 9},
          new int[] {9, 4, 4, 3, 9},
          List.of());

  @Test
  void takesWhatAnAttackWouldTakeOn() {
    GoalPairs pairs = new GoalPairs(new Goal.Fixed(4), 10);
    int[] rows = pairs.rows(IMAGES);
    assertThat(rows)
        .as("neither fours nor what is taken for another class")
        .containsExactly(0, 3, 4);
    Tensor classes = pairs.classes(IMAGES, rows);
    assertThat(classes.row(0)).containsExactly(4, 9);
    assertThat(classes.row(1)).containsExactly(4, 3);
  }

  @Test
  void aMapLeavesOutOtherLabels() {
    GoalPairs pairs = new GoalPairs(new Goal.Mapping(Map.of(3, 8, 4, 4)), 10);
    int[] rows = pairs.rows(IMAGES);
    assertThat(rows).containsExactly(3);
    assertThat(pairs.classes(IMAGES, rows).row(0)).containsExactly(8, 3);
  }

  @ParameterizedTest
  @MethodSource("undecidedGoals")
  void refusesGoalsThatTheLabelDoesNotDecide(Goal goal) {
    assertThatThrownBy(() -> new GoalPairs(goal, 10))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("{targeted: 4}");
  }

  static List<Goal> undecidedGoals() {
    return List.of(
        new Goal.Untargeted(), new Goal.NextBest(), new Goal.LeastLikely(), new Goal.Random());
  }

  @Test
  void refusesClassesThatTheModelDoesNotHave() {
    assertThatThrownBy(() -> new GoalPairs(new Goal.Fixed(10), 10))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("names class 10")
        .hasMessageContaining("0 to 9");
  }
}
