package io.hone.dl4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.learning.engine.DivergenceException;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearnerState;
import io.hone.learning.engine.LearningBatch;
import io.hone.learning.engine.LearningRequest;
import io.hone.learning.engine.MaskPort;
import io.hone.learning.engine.Objective;
import io.hone.learning.engine.Subject;
import io.hone.learning.engine.Targets;
import io.hone.learning.network.Weights;
import io.hone.network.Activation;
import io.hone.network.Layer;
import io.hone.network.Network;
import io.hone.onnx.training.update.Adam;
import io.hone.onnx.training.update.UpdateRules;
import io.hone.testkit.TestArchitectures;
import io.hone.testkit.TestRun;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SameDiffLearnerTest {
  private static final ImageShape SHAPE = new ImageShape(2, 5, 8);

  private static Learner learner(Network network) {
    Subject subject = new Subject.Layers(network, Weights.start(network, new SplittableRandom(1)));
    return new SameDiffEngine()
        .open(
            new LearningRequest(
                subject,
                Objective.CrossEntropy.plain(),
                UpdateRules.of(Adam.usualDecoupled()),
                OptionalInt.empty(),
                1,
                4,
                false),
            new TestRun(1));
  }

  @Test
  void takesAMaskForEachDropoutWithItsChannelsLast() {
    Network network =
        Network.of(
            SHAPE,
            List.of(
                new Layer.Dropout(0.25),
                new Layer.Flatten(),
                new Layer.Dropout(0.5),
                new Layer.Dense(3, Activation.NONE)));
    try (Learner learner = learner(network)) {
      assertThat(learner.masks(SHAPE))
          .containsExactly(
              new MaskPort("drop1.mask", 0.25, List.of(5, 8, 2)),
              new MaskPort("drop2.mask", 0.5, List.of(80)));
    }
  }

  @Test
  void aStepThatDivergesLeavesTheNetworkAsItWas() {
    Network network =
        Network.of(
            SHAPE,
            List.of(
                new Layer.BatchNormalization(1e-3f),
                new Layer.Flatten(),
                new Layer.Dense(3, Activation.NONE)));
    Tensor images = Tensor.images(4, SHAPE);
    for (int row = 0; row < 4; row++) {
      for (int feature = 0; feature < SHAPE.features(); feature++) {
        images.set(row, feature, (row * 31 + feature * 7) % 13 / 13f);
      }
    }
    Targets classes = new Targets.Classes(new int[] {0, 1, 2, 0});
    try (Learner learner = learner(network)) {
      learner.step(new LearningBatch(images, classes, Map.of()), 0.01);
      LearnerState before = learner.state();
      Tensor broken = images.copy();
      broken.set(2, 5, Float.NaN);
      LearningBatch batch = new LearningBatch(broken, classes, Map.of());
      assertThatThrownBy(() -> learner.step(batch, 0.01))
          .isInstanceOf(DivergenceException.class)
          .hasMessageContaining("the loss is NaN");
      LearnerState after = learner.state();
      assertThat(after.steps()).isEqualTo(before.steps()).isEqualTo(1);
      before
          .arrays()
          .forEach((name, values) -> assertThat(after.arrays().get(name)).isEqualTo(values));
    }
  }

  @Test
  void takesNoMaskWithoutDropout() {
    ImageShape digit = new ImageShape(1, 28, 28);
    try (Learner learner = learner(TestArchitectures.classifier("lenet5").network(digit, 10))) {
      assertThat(learner.masks(SHAPE)).isEmpty();
    }
  }
}
