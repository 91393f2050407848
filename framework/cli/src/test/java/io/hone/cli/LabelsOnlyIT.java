package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.cli.HoneProcess.Result;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A file that answers with classes alone is refused before an attack that needs scores begins. */
class LabelsOnlyIT {
  @RegisterExtension final HoneExtension hone = new HoneExtension();

  @Test
  void theErrorNamesTheScoresToExport() throws IOException {
    String logits = writePicking();
    hone.write(
        "scenario.yaml",
        """
        hone: 1
        name: labels-only
        dataset: {use: mnist, with: {split: test}, take: 5}
        model: {card: picking.onnx}
        steps: [{id: square, attack: {use: square}}]
        """);
    Result refused =
        hone.runHere(
            "run", hone.file("scenario.yaml").toString(), "--out", hone.file("out").toString());
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains("scenario.yaml:4:", "picking.onnx returns classes that ArgMax")
        .contains("not the scores of all classes")
        .contains("Export the model with '" + logits + "' as an output");
    assertThat(hone.file("out")).doesNotExist();
  }

  /** Writes LeNet-5 with the class of the largest logit as its only output. */
  private String writePicking() throws IOException {
    OnnxModel lenet =
        OnnxModel.read(HoneProcess.checkout().resolve("models/mnist-lenet5/model.onnx"));
    String logits = lenet.outputs().get(0).name();
    GraphEditor graph = GraphEditor.of(lenet);
    graph.clearOutputs();
    Value picked =
        graph.node("ArgMax", new Value(logits)).with("axis", 1).with("keepdims", 0).output();
    graph.output(picked, ElementType.INT64, Shape.of(-1));
    Files.write(hone.file("picking.onnx"), graph.build("lenet").toBytes());
    return logits;
  }
}
