package io.hone.plugins.ensembles;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.geometry.Norm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The versions as the authors' code sets them up. */
class VersionTest {
  private static List<PresetStage> stages(Version version, Norm norm) {
    return version.stages(new Reach(0.3, norm));
  }

  private static Object parameter(PresetStage stage, String name) {
    return stage.attack().parameters().get(name);
  }

  @Test
  void standardHasFourStages() {
    List<PresetStage> stages = stages(Version.STANDARD, Norm.LINF);

    assertThat(stages)
        .extracting(PresetStage::name)
        .containsExactly("apgd-ce", "apgd-t", "fab-t", "square");
    assertThat(stages)
        .allSatisfy(
            stage -> {
              assertThat(parameter(stage, "epsilon")).isEqualTo(0.3);
              assertThat(parameter(stage, "norm")).isEqualTo("linf");
            });
    assertThat(parameter(stages.get(0), "restarts")).isEqualTo(1);
    assertThat(parameter(stages.get(1), "targets")).isEqualTo(9);
    assertThat(parameter(stages.get(2), "targets")).isEqualTo(9);
    assertThat(parameter(stages.get(3), "queries")).isEqualTo(5000);
    assertThat(parameter(stages.get(3), "rescale-schedule")).isEqualTo(false);
  }

  @Test
  void standardStartsMoreOftenInL1() {
    List<PresetStage> stages = stages(Version.STANDARD, Norm.L1);

    assertThat(parameter(stages.get(0), "restarts")).isEqualTo(5);
    assertThat(parameter(stages.get(1), "targets")).isEqualTo(5);
    assertThat(parameter(stages.get(2), "targets")).isEqualTo(9);
  }

  @Test
  void plusAsksMore() {
    List<PresetStage> stages = stages(Version.PLUS, Norm.L2);

    assertThat(stages)
        .extracting(PresetStage::name)
        .containsExactly("apgd-ce", "apgd-dlr", "fab", "square", "apgd-t", "fab-t");
    assertThat(stages.subList(0, 3))
        .allSatisfy(stage -> assertThat(parameter(stage, "restarts")).isEqualTo(5));
    assertThat(stages.get(2).attack().parameters()).doesNotContainKey("targets");
    assertThat(parameter(stages.get(5), "restarts")).isEqualTo(1);
  }

  @Test
  void randTakesMeansAndAsksAgain() {
    List<PresetStage> stages = stages(Version.RAND, Norm.LINF);

    assertThat(stages).extracting(PresetStage::name).containsExactly("apgd-ce", "apgd-dlr");
    assertThat(stages).allSatisfy(stage -> assertThat(parameter(stage, "gradients")).isEqualTo(20));
    assertThat(Version.RAND.confirmations()).isEqualTo(20);
    assertThat(Version.STANDARD.confirmations()).isEqualTo(1);
  }

  @Test
  void asksTowardNoMoreClassesThanThereAre() {
    PresetStage targeted = stages(Version.STANDARD, Norm.LINF).get(1);

    assertThat(targeted.expectedQueries(10)).isEqualTo(9 * 101);
    assertThat(targeted.expectedQueries(3)).isEqualTo(2 * 101);
  }
}
