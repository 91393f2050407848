package io.hone.onnxruntime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import io.hone.api.data.ImageShape;
import io.hone.api.train.RefusedChoiceException;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearningRequest;
import io.hone.learning.engine.Objective;
import io.hone.learning.engine.Subject;
import io.hone.learning.loop.TrainingSession;
import io.hone.learning.network.Weights;
import io.hone.network.Network;
import io.hone.onnx.training.update.Adam;
import io.hone.onnx.training.update.UpdateRules;
import io.hone.testkit.TestArchitectures;
import io.hone.testkit.TestRun;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a training computes its steps. */
class TrainingDeviceTest {
  private static final ImageShape SHAPE = new ImageShape(1, 16, 16);

  private final OnnxRuntimeEngine engine = new OnnxRuntimeEngine();
  private final TestRun run = new TestRun(1);

  private static LearningRequest request(Optional<String> device) {
    Network network = TestArchitectures.classifier("lenet5").network(SHAPE, 3);
    return new LearningRequest(
        new Subject.Layers(network, Weights.start(network, TrainingSession.start(1))),
        Objective.CrossEntropy.plain(),
        UpdateRules.of(Adam.usual()),
        device,
        OptionalInt.of(1),
        1,
        4,
        false,
        Optional.empty());
  }

  @Test
  void theProcessorIsTheUsualDevice() {
    try (Learner usual = engine.open(request(Optional.empty()), run);
        Learner named = engine.open(request(Optional.of("cpu")), run)) {
      assertThat(usual.device()).isEqualTo("cpu");
      assertThat(named.device()).isEqualTo("cpu");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "cuda:x", ""})
  void aWordThatNamesNoDeviceIsRefusedBeforehand(String word) {
    assertThatThrownBy(() -> engine.check(request(Optional.of(word))))
        .isInstanceOf(RefusedChoiceException.class)
        .hasFieldOrPropertyWithValue("key", "device")
        .hasMessage(
            "train.device: '%s' is no device; write cpu, cuda, cuda:1 for the second GPU, or auto",
            word);
  }

  @Test
  void aGpuThatCannotBeHadIsRefusedBeforehandWithTheReason() {
    assumeThat(OrtEnvironment.getAvailableProviders()).doesNotContain(OrtProvider.CUDA);

    LearningRequest request = request(Optional.of("cuda"));
    for (ThrowingCallable asking :
        List.<ThrowingCallable>of(() -> engine.check(request), () -> engine.open(request, run))) {
      assertThatThrownBy(asking)
          .isInstanceOf(RefusedChoiceException.class)
          .hasFieldOrPropertyWithValue("key", "device")
          .hasMessageStartingWith("train.device: ONNX Runtime cannot use device: cuda: ")
          .hasMessageContaining("-Dcuda");
    }
  }

  @Test
  void autoFallsBackToTheProcessorAndSaysSo() {
    assumeThat(OrtEnvironment.getAvailableProviders()).doesNotContain(OrtProvider.CUDA);

    try (Learner learner = engine.open(request(Optional.of("auto")), run)) {
      assertThat(learner.device()).isEqualTo("cpu");
      assertThat(run.notices()).anyMatch(notice -> notice.contains("fell back to the CPU"));
    }
  }
}
