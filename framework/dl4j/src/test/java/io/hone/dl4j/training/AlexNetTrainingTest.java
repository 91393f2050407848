package io.hone.dl4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.run.RunCancelledException;
import io.hone.api.train.BatchTransform;
import io.hone.api.train.TrainedModel;
import io.hone.learning.loop.Schedule;
import io.hone.learning.trainer.ClassifierTrainer;
import io.hone.testkit.TestArchitectures;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AlexNet on a handful of images of noise, which it can only learn by heart. */
class AlexNetTrainingTest {
  @TempDir Path folder;

  private static ClassifierTrainer.Params parameters(int epochs, int batch, boolean flip) {
    return SameDiffTraining.classifier(
        TestArchitectures.classifier("alexnet"),
        0.01,
        flip ? 2 : 0,
        flip,
        SameDiffTraining.parameters(epochs, batch, 0.003, Schedule.COSINE, epochs, false));
  }

  private static TrainedModel train(
      ClassifierTrainer.Params parameters, Path folder, boolean resume, Run run) {
    return new ClassifierTrainer()
        .train(parameters, Tasks.noise(folder, resume, 5), BatchTransform.none(), run);
  }

  @Test
  void learnsAHandfulOfImagesByHeartAndIsExportedAsItIs() throws OrtException {
    TrainedModel model = train(parameters(30, 10, false), folder, false, new TestRun(1));
    // The validation images are the training images.
    assertThat(model.figures().get("validation_accuracy")).isEqualTo(1);
    assertThat(model.layers()).contains("Dropout 0.2 -> 1024x1x1");
    float[] exported = run(model.card().file(), model.probeInputs());
    Tensor expected = model.probeOutputs();
    assertThat(exported).hasSize(expected.rows() * 10);
    for (int i = 0; i < exported.length; i++) {
      assertThat(exported[i]).isCloseTo(expected.get(i / 10, i % 10), within(1e-4f));
    }
  }

  private static float[] run(Path file, Tensor images) throws OrtException {
    long[] shape = Arrays.stream(images.shape()).asLongStream().toArray();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file.toString());
        OnnxTensor input = OnnxTensor.createTensor(environment, images.buffer(), shape);
        OrtSession.Result result = session.run(Map.of("image", input))) {
      float[] values = new float[((OnnxTensor) result.get(0)).getFloatBuffer().remaining()];
      ((OnnxTensor) result.get(0)).getFloatBuffer().get(values);
      return values;
    }
  }

  @Test
  void resumedTrainingDrawsTheSameFlipsShiftsAndMasks() throws IOException {
    Path undisturbed = Files.createDirectories(folder.resolve("undisturbed"));
    Path disturbed = Files.createDirectories(folder.resolve("disturbed"));
    ClassifierTrainer.Params parameters = parameters(4, 7, true);
    TrainedModel expected = train(parameters, undisturbed, false, new TestRun(1));
    // Each epoch looks once per step and once for the validation.
    Run cancelling = InterceptedRun.cancelledAfter(2 * (3 + 1) + 2);
    assertThatThrownBy(() -> train(parameters, disturbed, false, cancelling))
        .isInstanceOf(RunCancelledException.class);
    TrainedModel resumed = train(parameters, disturbed, true, new TestRun(1));
    assertThat(resumed.figures()).isEqualTo(expected.figures());
    assertThat(resumed.card().sha256()).isEqualTo(expected.card().sha256());
    TrainedModel other = train(parameters(4, 7, false), disturbed, false, new TestRun(1));
    assertThat(other.card().sha256())
        .as("trained without flips and shifts")
        .isNotEqualTo(expected.card().sha256());
  }
}
