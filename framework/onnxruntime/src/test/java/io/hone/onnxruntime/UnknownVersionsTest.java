package io.hone.onnxruntime;

import static io.hone.onnx.support.Protos.opset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.hone.api.BadInputException;
import io.hone.onnx.graph.Dimension;
import io.hone.onnxruntime.TinyModels.Ending;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ONNX Runtime does not know is told by what is known of it, without C++. */
class UnknownVersionsTest {
  private final OnnxRuntimeBackend backend = new OnnxRuntimeBackend();

  @TempDir Path folder;

  @Test
  void anUnknownIrVersion() throws IOException {
    refused(model -> model.setIrVersion(99))
        .hasMessageContaining("IR version 99")
        .hasMessageContaining("IR versions up to 1");
  }

  @Test
  void anUnknownOpset() throws IOException {
    refused(model -> model.setOpsetImport(0, opset("", 99)))
        .hasMessageContaining("opset 99")
        .hasMessageContaining("opsets 7 to 24")
        .hasMessageContaining("export it with opset 18");
  }

  @Test
  void anUnknownOperator() throws IOException {
    refused(model -> model.getGraphBuilder().getNodeBuilder(1).setName("odd").setOpType("Frob"))
        .hasMessageContaining("operator Frob")
        .hasMessageContaining("standard operators");
  }

  @Test
  void anOperatorOfAnUnknownDomain() throws IOException {
    refused(
            model -> {
              model.addOpsetImport(opset("com.acme", 3));
              model.getGraphBuilder().getNodeBuilder(1).setOpType("Frob").setDomain("com.acme");
            })
        .hasMessageContaining("operator Frob of the domain com.acme");
  }

  @Test
  void aDomainWithoutVersion() throws IOException {
    refused(model -> model.getGraphBuilder().getNodeBuilder(1).setDomain("com.acme"))
        .hasMessageContaining("domain com.acme")
        .hasMessageContaining("names no version");
  }

  private AbstractThrowableAssert<?, ?> refused(Consumer<ModelProto.Builder> change)
      throws IOException {
    Path file = TinyModels.classifier(folder, Dimension.named("batch"), Ending.LOGITS);
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    change.accept(model);
    Files.write(file, model.build().toByteArray());
    TestRun run = new TestRun(1);
    AbstractThrowableAssert<?, ?> error =
        assertThatThrownBy(
            () ->
                backend
                    .openClassifier(OnnxRuntimeBackend.Params.CPU, TinyModels.card(file), run)
                    .close());
    assertThat(run.notices()).isEmpty();
    error
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(file.toString())
        .message()
        .doesNotContain("std::", "const", "onnxruntime::", "void");
    return error;
  }
}
