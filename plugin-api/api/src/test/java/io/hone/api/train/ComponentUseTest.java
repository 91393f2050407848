package io.hone.api.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComponentUseTest {
  /** Checkpoints and cards tell the parameters as text, and Map.of has another order each time. */
  @Test
  void itsParametersHaveOneOrderInEveryProcess() {
    Map<String, Object> parameters =
        Map.of("steps", 7, "epsilon", 0.1, "step", 0.01, "random", true, "norm", "linf", "a", 1);
    ComponentUse use = ComponentUse.attack("pgd", parameters);
    assertThat(use.parameters().keySet())
        .containsExactly("a", "epsilon", "norm", "random", "step", "steps");
    assertThat(use.toString()).contains("{a=1, epsilon=0.1, norm=linf, random=true, step=0.01");
    assertThat(use).isEqualTo(ComponentUse.attack("pgd", new HashMap<>(parameters)));
  }

  @Test
  void itsParametersAreCopiedAndNeverNull() {
    Map<String, Object> parameters = new HashMap<>(Map.of("epsilon", 0.1));
    ComponentUse use = ComponentUse.attack("pgd", parameters);
    parameters.put("epsilon", 0.2);
    assertThat(use.parameters()).containsEntry("epsilon", 0.1);
    parameters.put("steps", null);
    assertThatThrownBy(() -> ComponentUse.attack("pgd", parameters))
        .isInstanceOf(NullPointerException.class);
  }
}
