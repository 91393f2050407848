package io.hone.plugins.ensembles;

import io.hone.api.geometry.Norm;
import java.util.List;

/** The versions of AutoAttack, each a list of stages. */
public enum Version {
  /** Four stages, the last of them without gradients: the usual evaluation. */
  STANDARD {
    @Override
    List<PresetStage> stages(Reach reach) {
      boolean ofL1 = reach.norm() == Norm.L1;
      return List.of(
          PresetStage.apgd("apgd-ce", "cross-entropy", ofL1 ? 5 : 1, 1, reach),
          PresetStage.targetedApgd(ofL1 ? 5 : 9, reach),
          PresetStage.targetedFab(9, reach),
          PresetStage.square(reach));
    }
  },
  /** Six stages, three of them with five restarts. */
  PLUS {
    @Override
    List<PresetStage> stages(Reach reach) {
      return List.of(
          PresetStage.apgd("apgd-ce", "cross-entropy", 5, 1, reach),
          PresetStage.apgd("apgd-dlr", "dlr", 5, 1, reach),
          PresetStage.fab(5, reach),
          PresetStage.square(reach),
          PresetStage.targetedApgd(9, reach),
          PresetStage.targetedFab(9, reach));
    }
  },
  /** Two stages whose gradients are means over several answers: for models with random answers. */
  RAND {
    @Override
    List<PresetStage> stages(Reach reach) {
      return List.of(
          PresetStage.apgd("apgd-ce", "cross-entropy", 1, RANDOM_ANSWERS, reach),
          PresetStage.apgd("apgd-dlr", "dlr", 1, RANDOM_ANSWERS, reach));
    }

    @Override
    int confirmations() {
      return RANDOM_ANSWERS;
    }
  };

  private static final int RANDOM_ANSWERS = 20;

  /** Returns the stages, in order. */
  abstract List<PresetStage> stages(Reach reach);

  /** Returns how often the model is asked again about an image. */
  int confirmations() {
    return 1;
  }
}
