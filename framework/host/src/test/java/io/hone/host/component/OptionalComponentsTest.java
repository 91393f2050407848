package io.hone.host.component;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** That the list is complete is tested where a distribution is at hand, in framework/cli. */
class OptionalComponentsTest {
  @Test
  void tellsWhereAComponentIsToBeHad() {
    assertThat(OptionalComponents.howToInstall(ComponentKind.BACKEND, "dl4j"))
        .contains(
            "the backend 'dl4j' is part of hone-dl4j, which is not installed: copy lib/dl4j"
                + " from a full distribution of Hone, or add io.hone:hone-dl4j to the class path");
    assertThat(OptionalComponents.howToInstall(ComponentKind.ATTACK, "fgsm").orElseThrow())
        .contains("hone-gradient-attacks", "copy plugins/hone-gradient-attacks-*.jar from");
  }

  @Test
  void tellsComponentsOfTwoKindsApart() {
    assertThat(OptionalComponents.howToInstall(ComponentKind.DEFENSE, "autoencoder").orElseThrow())
        .contains("hone-defenses");
    assertThat(OptionalComponents.howToInstall(ComponentKind.IMPROVER, "autoencoder").orElseThrow())
        .contains("hone-improvers");
  }

  @Test
  void knowsNothingOfOtherComponents() {
    assertThat(OptionalComponents.howToInstall(ComponentKind.ATTACK, "salt-noise")).isEmpty();
    assertThat(OptionalComponents.howToInstall(ComponentKind.ATTACK, "dl4j")).isEmpty();
    assertThat(OptionalComponents.howToInstall(ComponentKind.TRAINER, "classifier")).isEmpty();
    assertThat(OptionalComponents.howToInstall(ComponentKind.ATTACK, "fg")).isEmpty();
  }
}
