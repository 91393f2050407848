package io.hone.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.hone.onnx.support.Networks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelTest {
  @TempDir private Path folder;

  @Test
  void readsWhatItWrites() throws IOException {
    OnnxModel network = Networks.residual();
    Path file = Files.write(folder.resolve("model.onnx"), network.toBytes());
    OnnxModel read = OnnxModel.read(file);
    assertThat(read.opset()).isEqualTo(18);
    assertThat(read.inputs()).isEqualTo(network.inputs());
    assertThat(read.inputs()).hasToString("[image: FLOAT [N, 3, 8, 8]]");
    assertThat(read.outputs()).hasSize(1);
    assertThat(read.nodes()).hasSameSizeAs(network.nodes());
    assertThat(read.parameters()).isEqualTo(network.parameters()).isPositive();
    assertThat(read.toBytes()).isEqualTo(network.toBytes());
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    Path file = Files.createFile(folder.resolve("empty.onnx"));
    assertThatThrownBy(() -> OnnxModel.read(file))
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageContaining("empty.onnx")
        .hasMessageContaining("empty");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(() -> OnnxModel.read(folder.resolve("missing.onnx")))
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageContaining("missing.onnx");
  }

  @Test
  void refusesTextAndPictures() {
    for (String content :
        new String[] {"hone: 1\nname: scenario\n", "\u0089PNG\r\n", "PK\u0003\u0004"}) {
      assertThatThrownBy(
              () -> OnnxModel.parse(content.getBytes(StandardCharsets.ISO_8859_1), "odd"))
          .isInstanceOf(OnnxFormatException.class)
          .hasMessageContaining("odd: not an ONNX model");
    }
  }

  @Test
  void refusesATruncatedModelWhereverItEnds() {
    byte[] whole = Networks.lenet("MaxPool").toBytes();
    Random random = new Random(9);
    for (int i = 0; i < 200; i++) {
      byte[] part = Arrays.copyOf(whole, random.nextInt(whole.length - 20));
      assertThatThrownBy(() -> OnnxModel.parse(part, "cut.onnx"))
          .isInstanceOf(OnnxFormatException.class)
          .hasMessageStartingWith("cut.onnx: ");
    }
  }

  @Test
  void survivesFlippedBytes() {
    byte[] whole = Networks.lenet("MaxPool").toBytes();
    Random random = new Random(10);
    for (int i = 0; i < 300; i++) {
      byte[] changed = whole.clone();
      for (int flips = 0; flips < 4; flips++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      try {
        OnnxModel.parse(changed, "flipped");
      } catch (OnnxFormatException e) {
        assertThat(e).hasMessageStartingWith("flipped: ");
      }
    }
  }

  @Test
  void refusesBrokenGraphs() {
    refuses(graph(node("Relu", "missing", "y")), "reads 'missing', which nothing writes");
    refuses(
        graph(node("Add", "x", "b", "a"), node("Relu", "a", "b"), node("Relu", "a", "y")), "cycle");
    refuses(graph(node("Relu", "x", "y"), node("Relu", "x", "y")), "written twice");
    refuses(graph(node("Relu", "x", "x"), node("Relu", "x", "y")), "written twice");
    refuses(graph(node("Relu", "x", "z")), "nothing writes the output 'y'");
    refuses(graph(node("Relu", "x", "y")).clearInput().addInitializer(number("x")), "no input");
    refuses(graph(node("Relu", "x", "y")).clearOutput(), "no output");
    refuses(graph(), "no graph");
  }

  @Test
  void refusesConstantsThatHoldTooLittle() {
    TensorProto short0 =
        TensorProto.newBuilder().setName("w").setDataType(1).addDims(4).addFloatData(1).build();
    refuses(
        graph(node("Add", "x", "w", "y")).addInitializer(short0), "needs 4 elements but holds 1");
    TensorProto huge =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(1)
            .addDims(Long.MAX_VALUE)
            .addDims(3)
            .build();
    refuses(graph(node("Add", "x", "w", "y")).addInitializer(huge), "impossible shape");
    TensorProto negative = TensorProto.newBuilder().setName("w").setDataType(1).addDims(-1).build();
    refuses(graph(node("Add", "x", "w", "y")).addInitializer(negative), "negative size");
  }

  @Test
  void sortsNodesThatAreOutOfOrder() {
    GraphProto.Builder graph = graph(node("Relu", "a", "y"), node("Neg", "x", "a"));
    assertThat(OnnxModel.of(model(graph), "unsorted").nodes())
        .extracting(Node::operator)
        .containsExactly("Neg", "Relu");
  }

  @Test
  void countsConstantsListedAmongTheInputsAsConstants() {
    GraphProto.Builder graph =
        graph(node("Add", "x", "w", "y")).addInput(info("w")).addInitializer(number("w"));
    assertThat(OnnxModel.of(model(graph), "old").inputs())
        .extracting(TensorInfo::name)
        .containsExactly("x");
  }

  @Test
  void readsWeightsBesideTheModelButNowhereElse() throws IOException {
    Path models = Files.createDirectory(folder.resolve("models"));
    ByteBuffer weights = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    weights.putFloat(0).putFloat(2.5f).putFloat(7);
    Files.write(models.resolve("weights.bin"), weights.array());
    Files.write(folder.resolve("secret.bin"), weights.array());
    Path file = Files.write(models.resolve("m.onnx"), external("weights.bin", "4", "4"));
    assertThat(OnnxModel.read(file).constants().get("w").toFloats()).containsExactly(2.5f);
    for (String outside :
        new String[] {"../secret.bin", folder.resolve("secret.bin").toString(), ""}) {
      Files.write(file, external(outside, "4", "4"));
      assertThatThrownBy(() -> OnnxModel.read(file))
          .isInstanceOf(OnnxFormatException.class)
          .hasMessageContaining("'w'")
          .hasMessageContaining("outside the model's folder");
    }
    Files.createSymbolicLink(models.resolve("link.bin"), folder.resolve("secret.bin"));
    Files.write(file, external("link.bin", "4", "4"));
    assertThatThrownBy(() -> OnnxModel.read(file)).hasMessageContaining("outside");
    Files.write(file, external("weights.bin", "10", "4"));
    assertThatThrownBy(() -> OnnxModel.read(file)).hasMessageContaining("but the file has 12");
    Files.write(file, external("absent.bin", "0", "4"));
    assertThatThrownBy(() -> OnnxModel.read(file)).hasMessageContaining("are missing");
    byte[] bytes = external("weights.bin", "4", "4");
    assertThatCode(() -> OnnxModel.parse(bytes, "bytes")).doesNotThrowAnyException();
  }

  private static byte[] external(String location, String offset, String length) {
    TensorProto weights =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(1)
            .addDims(1)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", location))
            .addExternalData(entry("offset", offset))
            .addExternalData(entry("length", length))
            .build();
    return model(graph(node("Add", "x", "w", "y")).addInitializer(weights)).toByteArray();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static void refuses(GraphProto.Builder graph, String reason) {
    byte[] bytes = model(graph).toByteArray();
    assertThatThrownBy(() -> OnnxModel.parse(bytes, "broken.onnx"))
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageStartingWith("broken.onnx: ")
        .hasMessageContaining(reason);
  }

  private static ModelProto model(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(18))
        .setGraph(graph)
        .build();
  }

  private static GraphProto.Builder graph(NodeProto... nodes) {
    return GraphProto.newBuilder()
        .addInput(info("x"))
        .addOutput(info("y"))
        .addAllNode(Arrays.asList(nodes));
  }

  /** The last name is the output. */
  private static NodeProto node(String operator, String... names) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator);
    for (int i = 0; i < names.length - 1; i++) {
      node.addInput(names[i]);
    }
    return node.addOutput(names[names.length - 1]).build();
  }

  private static ValueInfoProto info(String name) {
    return new TensorInfo(name, ElementType.FLOAT, Optional.of(Shape.of(1))).toProto();
  }

  private static TensorProto number(String name) {
    return ConstantTensor.floats(new float[] {1}, 1).toProto(name);
  }
}
