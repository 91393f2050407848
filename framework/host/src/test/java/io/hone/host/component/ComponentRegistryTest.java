package io.hone.host.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComponentRegistryTest {
  private record NoParameters() {}

  private static InstalledComponent<?> component(ComponentKind kind, String id, String source) {
    return new InstalledComponent<>(
        new ComponentDescriptor(
            kind,
            id,
            "Does.",
            "",
            "{}",
            NoParameters.class,
            List.of(),
            source,
            List.of(),
            Optional.empty()),
        id + " of " + source);
  }

  @Test
  void sortsComponentsOfAKindById() {
    ComponentRegistry registry =
        new ComponentRegistry(
            List.of(
                component(ComponentKind.ATTACK, "pgd", "a 1"),
                component(ComponentKind.DEFENSE, "blur", "a 1"),
                component(ComponentKind.ATTACK, "fgsm", "a 1")));

    assertThat(registry.descriptors(ComponentKind.ATTACK))
        .extracting(ComponentDescriptor::id)
        .containsExactly("fgsm", "pgd");
    assertThat(registry.all(ComponentKind.DEFENSE)).hasSize(1);
    assertThat(registry.all(ComponentKind.METRIC)).isEmpty();
    assertThat(registry.find(ComponentKind.ATTACK, "pgd").orElseThrow().instance())
        .isEqualTo("pgd of a 1");
    assertThat(registry.find(ComponentKind.DEFENSE, "pgd")).isEmpty();
  }

  @Test
  void oneIdMayServeTwoKinds() {
    ComponentRegistry registry =
        new ComponentRegistry(
            List.of(
                component(ComponentKind.IMPROVER, "autoencoder", "a 1"),
                component(ComponentKind.DEFENSE, "autoencoder", "b 1")));

    assertThat(registry.find(ComponentKind.DEFENSE, "autoencoder")).isPresent();
  }

  @Test
  void refusesAnIdThatIsThereTwice() {
    List<InstalledComponent<?>> twice =
        List.of(
            component(ComponentKind.ATTACK, "fgsm", "a 1"),
            component(ComponentKind.ATTACK, "fgsm", "b 2"));

    assertThatThrownBy(() -> new ComponentRegistry(twice))
        .isInstanceOf(BadInputException.class)
        .hasMessage("the attack `fgsm` is there twice, in a 1 and in b 2; remove one of them");
  }
}
