package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.hone.cli.HoneProcess.Result;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import io.hone.engine.results.SummaryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model whose every gradient is zero does not pass a gate as if it were robust. */
class SaturatedModelIT {
  private static final String SCENARIO =
      """
      hone: 1
      name: saturated
      dataset: {use: mnist, with: {split: test}, take: 100}
      model: {card: saturated.onnx}
      steps:
        - {id: fgsm, attack: {use: fgsm, with: {epsilon: 0.2}}}
        - {id: recover, defend: {use: randomization}}
      expect: [fgsm.success_rate < 0.05]
      """;

  @TempDir Path folder;

  @Test
  void zeroGradientsAreToldInTableSummaryReportAndGate() throws Exception {
    saturate(HoneProcess.checkout().resolve("models/mnist-lenet5/model.onnx"));
    Files.writeString(folder.resolve("scenario.yaml"), SCENARIO);

    Result result =
        HoneProcess.in(folder).run("run", "scenario.yaml", "--out", "out", "--prometheus", "m.txt");

    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.out())
        .contains("reasons: fgsm 100 no-gradient")
        .contains("UNTRUSTED: fgsm.success_rate < 0.05")
        .containsPattern("fgsm +100 +100 +0\\.0! ");
    assertThat(result.out().lines()).allMatch(line -> line.length() <= 80);
    Summary summary = SummaryFile.read(folder.resolve("out"));
    assertThat(summary.steps().subList(1, 3))
        .extracting(StepSummary::trust)
        .allSatisfy(trust -> assertThat(trust.get(0).code()).isEqualTo("no-gradient"));
    assertThat(summary.steps().get(1).reasons()).isEqualTo(Map.of("no-gradient", 100L));
    assertThat(summary.expectations().get(0).state()).isEqualTo("untrusted");
    assertThat(folder.resolve("out/report.html"))
        .content()
        .contains("What cannot be trusted", "untrusted");
    assertThat(folder.resolve("m.txt"))
        .content()
        .contains("# HELP hone_images_total Images that went through all steps.")
        .doesNotContainPattern("(?m)^# HELP \\S+ *$");
  }

  /** Puts times 1000, softmax and a clip behind the logits: the same classes, no slope left. */
  private void saturate(Path lenet) throws IOException {
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(lenet));
    GraphProto.Builder graph = model.getGraph().toBuilder();
    String logits = graph.getOutput(0).getName();
    graph
        .addInitializer(scalar("thousand", 1000))
        .addInitializer(scalar("zero", 0))
        .addInitializer(scalar("one", 1))
        .addNode(node("Mul", "big", logits, "thousand"))
        .addNode(node("Softmax", "soft", "big"))
        .addNode(node("Clip", "clipped", "soft", "zero", "one"))
        .setOutput(0, graph.getOutput(0).toBuilder().setName("clipped"));
    Files.write(
        folder.resolve("saturated.onnx"), model.toBuilder().setGraph(graph).build().toByteArray());
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(operator).setName(output).addOutput(output);
    for (String input : inputs) {
      node.addInput(input);
    }
    return node.build();
  }

  private static TensorProto scalar(String name, float value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.FLOAT_VALUE)
        .addFloatData(value)
        .build();
  }
}
