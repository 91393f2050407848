package io.hone.learning.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.train.ComponentUse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static ComponentUse attack(Map<String, Object> parameters) {
    return ComponentUse.attack("pgd", parameters);
  }

  @Test
  void epsilonGrowsByEqualSteps() {
    WarmUp attack = new WarmUp(attack(Map.of("epsilon", 0.4, "steps", 7)), 3);
    assertThat(attack.all().stream().map(use -> use.parameters().get("epsilon")))
        .isEqualTo(List.of(0.1, 0.2, 0.4 * 3 / 4, 0.4));
    assertThat(attack.all()).allMatch(use -> use.parameters().get("steps").equals(7));
    assertThat(attack.in(3)).isEqualTo(attack.whole());
    assertThat(attack.in(30)).isEqualTo(attack.whole());
  }

  @Test
  void withoutWarmUpThereIsOneAttack() {
    WarmUp attack = new WarmUp(attack(Map.of()), 0);
    assertThat(attack.all()).containsExactly(attack.whole());
  }

  @Test
  void refusesAnAttackWithoutEpsilon() {
    assertThatThrownBy(() -> new WarmUp(attack(Map.of("steps", 7)), 2))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("train.with.warm-up")
        .hasMessageContaining("pgd");
  }
}
