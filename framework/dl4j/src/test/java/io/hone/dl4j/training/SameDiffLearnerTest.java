package io.hone.dl4j.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.ImageShape;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearningRequest;
import io.hone.learning.engine.MaskPort;
import io.hone.learning.engine.Objective;
import io.hone.learning.engine.Subject;
import io.hone.learning.network.Activation;
import io.hone.learning.network.Layer;
import io.hone.learning.network.LeNet5;
import io.hone.learning.network.Network;
import io.hone.learning.network.Weights;
import io.hone.onnx.training.update.Adam;
import io.hone.onnx.training.update.UpdateRules;
import io.hone.testkit.TestRun;
import java.util.List;
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
      assertThat(learner.masks())
          .containsExactly(
              new MaskPort("drop1.mask", 0.25, List.of(5, 8, 2)),
              new MaskPort("drop2.mask", 0.5, List.of(80)));
    }
  }

  @Test
  void takesNoMaskWithoutDropout() {
    ImageShape digit = new ImageShape(1, 28, 28);
    try (Learner learner = learner(Network.of(digit, new LeNet5().layers(digit, 10)))) {
      assertThat(learner.masks()).isEmpty();
    }
  }
}
