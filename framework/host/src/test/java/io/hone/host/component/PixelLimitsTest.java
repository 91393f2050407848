package io.hone.host.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.run.Run;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PixelLimitsTest {
  private static final Optional<ImageShape> UNKNOWN = Optional.empty();
  private static final Optional<ImageShape> DIGIT = Optional.of(new ImageShape(1, 28, 28));

  record Sizes(
      @Param(value = "How far.", def = "0.1", unit = Param.Unit.RADIUS) double far,
      @Param(value = "Measured in.", def = "linf") Norm in,
      @Param("Steps.") Steps steps) {}

  record Steps(
      @Param(value = "Sizes.", def = "[1px]", unit = Param.Unit.PIXEL) List<Float> sizes,
      @Param(value = "How often.", def = "8") int times) {}

  record Spread(
      @Param(value = "Deviation.", def = "0.1", unit = Param.Unit.PIXEL) float sigma,
      @Param(value = "Weight.", def = "8") float weight) {}

  record Radius(@Param(value = "How far.", def = "1px", unit = Param.Unit.RADIUS) float far) {}

  private abstract static class Idle<P> {
    public Access access(P parameters) {
      return Access.LABELS;
    }

    public void attack(P parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {}
  }

  @Named(id = "measured", summary = "Has sizes in any norm.", example = "{steps: {}}")
  public static final class Measured extends Idle<Sizes> implements Attack<Sizes> {}

  @Named(id = "plain", summary = "Has a size without a norm.")
  public static final class Plain extends Idle<Spread> implements Attack<Spread> {}

  @Named(id = "unmeasured", summary = "Has a radius without a norm.")
  public static final class Unmeasured extends Idle<Radius> implements Attack<Radius> {}

  @Named(id = "in-l2", summary = "Has a radius in the norm of its profile.")
  @AttackProfile(norms = Norm.L2, formula = "x", cost = "nothing")
  public static final class InL2 extends Idle<Radius> implements Attack<Radius> {}

  private static List<String> problems(
      Class<?> attack, Map<String, Object> effective, Optional<ImageShape> shape) {
    ComponentDescriptor descriptor =
        ComponentDescriptors.read(attack, ComponentKind.ATTACK, "a test");
    return PixelLimits.exceeded(descriptor, effective, shape).stream()
        .map(excess -> String.join(".", excess.path()) + ": " + excess.problem())
        .toList();
  }

  private static Map<String, Object> sizes(double far, String norm, double step) {
    return Map.of("far", far, "in", norm, "steps", Map.of("sizes", List.of(step), "times", 8));
  }

  @Test
  void aFeatureMovesByOneAtMost() {
    assertThat(problems(Measured.class, sizes(1, "linf", -1), UNKNOWN)).isEmpty();
    assertThat(problems(Measured.class, sizes(8, "linf", 16.5), UNKNOWN))
        .containsExactly(
            "far: 'far' must be at most 1, not 8: pixel values are from 0 to 1; did you mean"
                + " 8/255 or 8px?",
            "steps.sizes: 'sizes' must be at most 1, not 16.5: pixel values are from 0 to 1");
    assertThat(problems(Plain.class, Map.of("sigma", 8.0, "weight", 8.0), UNKNOWN))
        .singleElement()
        .asString()
        .startsWith("sigma: 'sigma' must be at most 1, not 8");
  }

  @Test
  void inOtherNormsTheShapeTells() {
    assertThat(problems(Measured.class, sizes(50, "l2", 1), UNKNOWN)).isEmpty();
    assertThat(problems(Measured.class, sizes(28, "l2", 1), DIGIT)).isEmpty();
    assertThat(problems(Measured.class, sizes(50, "l2", 1), DIGIT))
        .containsExactly(
            "far: 'far' must be at most 28, not 50: no two images of 1x28x28 are farther apart in"
                + " l2");
    assertThat(problems(Measured.class, sizes(784, "l1", 1), DIGIT)).isEmpty();
    assertThat(problems(Measured.class, sizes(785, "l1", 1), DIGIT)).hasSize(1);
    assertThat(problems(Measured.class, sizes(1.5, "linf", 1), DIGIT)).hasSize(1);
    assertThat(problems(InL2.class, Map.of("far", 27.0), DIGIT)).isEmpty();
    assertThat(problems(InL2.class, Map.of("far", 29.0), DIGIT)).hasSize(1);
  }

  @Test
  void noLimitIsALimitOfItsOwn() {
    assertThat(problems(Measured.class, sizes(Double.POSITIVE_INFINITY, "linf", 1), DIGIT))
        .isEmpty();
  }

  @Test
  void aRadiusNeedsANorm() {
    assertThatThrownBy(() -> problems(Unmeasured.class, Map.of(), UNKNOWN))
        .hasMessageContaining("a radius is measured in a norm");
  }
}
