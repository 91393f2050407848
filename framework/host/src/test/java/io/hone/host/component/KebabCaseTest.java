package io.hone.host.component;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KebabCaseTest {
  private enum Choice {
    NEXT_BEST,
    L2,
    Mixed
  }

  @ParameterizedTest
  @CsvSource({"epsilon, epsilon", "maxSteps, max-steps", "l2Weight, l2-weight", "a1B2, a1-b2"})
  void spellsMembers(String member, String spelled) {
    assertThat(KebabCase.ofMember(member)).hasValue(spelled);
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseURL", "max_steps", "$x", "größe", "Epsilon"})
  void refusesMembersWithoutAnObviousSpelling(String member) {
    assertThat(KebabCase.ofMember(member)).isEmpty();
  }

  @Test
  void spellsConstants() {
    assertThat(KebabCase.ofConstant(Choice.NEXT_BEST)).hasValue("next-best");
    assertThat(KebabCase.ofConstant(Choice.L2)).hasValue("l2");
    assertThat(KebabCase.ofConstant(Choice.Mixed)).isEmpty();
    assertThat(KebabCase.wordOf(Choice.NEXT_BEST)).isEqualTo("next-best");
    assertThat(KebabCase.wordOf(Choice.Mixed)).isEqualTo("Mixed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fgsm", "mim-2", "gaussian-noise"})
  void knowsItsSpelling(String name) {
    assertThat(KebabCase.matches(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Fgsm", "-fgsm", "fgsm-", "a--b", "2fgsm", "a b", "a_b"})
  void knowsOtherSpellings(String name) {
    assertThat(KebabCase.matches(name)).isFalse();
  }
}
