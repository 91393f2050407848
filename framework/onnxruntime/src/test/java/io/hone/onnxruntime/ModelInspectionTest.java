package io.hone.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.onnx.gradient.Coverage;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnxruntime.TinyModels.Ending;
import io.hone.onnxruntime.card.OnnxFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelInspectionTest {
  @TempDir Path folder;

  @Test
  void tellsWhatAModelHolds() {
    Path file = TinyModels.classifier(folder, Dimension.named("batch"), Ending.SOFTMAX);
    ModelInspection inspection = ModelInspection.of(file);
    assertThat(inspection.sha256()).isEqualTo(OnnxFile.read(file).sha256());
    assertThat(inspection.opset()).isEqualTo(18);
    assertThat(inspection.parameters()).isEqualTo(3 * 2 * 9 + 3 + 48 * 4 + 4);
    assertThat(inspection.inputs()).extracting(TensorInfo::name).containsExactly("image");
    assertThat(inspection.logits().foundBeforeSoftmax()).isTrue();
    assertThat(inspection.operators())
        .extracting(Coverage.Entry::operator)
        .contains("Conv", "Tanh", "Gemm", "Softmax");
    assertThat(inspection.operators()).allMatch(Coverage.Entry::differentiable);
    assertThat(inspection.gradientObstacle()).isEmpty();
  }

  @Test
  void namesWhatCannotBeDifferentiated() {
    ModelInspection inspection = ModelInspection.of(TinyModels.withoutGradient(folder));
    assertThat(inspection.operators().stream().filter(Coverage.Entry::blocks))
        .extracting(Coverage.Entry::operator)
        .containsExactly("Det");
    assertThat(inspection.gradientObstacle().orElseThrow()).contains("Det");
  }

  @Test
  void refusesWhatIsNoModel() throws Exception {
    Path file = Files.writeString(folder.resolve("notes.onnx"), "nothing of the kind");
    assertThatThrownBy(() -> ModelInspection.of(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("notes.onnx");
  }
}
