package io.hone.onnx.graph;

import static io.hone.onnx.support.Protos.attribute;
import static io.hone.onnx.support.Protos.function;
import static io.hone.onnx.support.Protos.graph;
import static io.hone.onnx.support.Protos.model;
import static io.hone.onnx.support.Protos.node;
import static io.hone.onnx.support.Protos.opset;
import static io.hone.onnx.support.Protos.unshaped;
import static io.hone.onnx.support.Protos.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalDataTest {
  @TempDir private Path folder;
  private Path models;

  @BeforeEach
  void writeWeights() throws IOException {
    models = Files.createDirectories(folder.resolve("models/deep")).getParent();
    ByteBuffer weights = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    weights.putFloat(1).putFloat(2).putFloat(4).putFloat(8);
    Files.write(models.resolve("w.data"), weights.array());
    Files.write(models.resolve("deep/w.data"), weights.array());
    Files.write(folder.resolve("secret"), weights.array());
  }

  /** In the graph, in a node, in a branch, in a function. */
  @Test
  void readsWeightsWhereverTheyStand() throws IOException {
    GraphProto.Builder branch =
        graph(node("Add", "b, k", "z"))
            .addInitializer(tensor("k", "offset", "8").setName("k"))
            .addOutput(value("z"));
    GraphProto.Builder graph =
        graph(
                node("Constant", "", "c", constant(tensor("", "offset", "4"))),
                node("Add", "x, w", "a"),
                node("Add", "a, c", "b"),
                node(
                    "If",
                    "truth",
                    "d",
                    attribute("then_branch", branch),
                    attribute("else_branch", branch)),
                node("mine::Shifted", "d", "y"))
            .addInitializer(tensor("w"))
            .addInitializer(
                TensorProto.newBuilder().setName("truth").setDataType(9).addInt32Data(1));
    ModelProto.Builder model =
        model(18, ports(graph))
            .addOpsetImport(opset("mine", 1))
            .addFunctions(
                function(
                        "mine::Shifted",
                        "x",
                        "y",
                        node("Constant", "", "c", constant(tensor("", "offset", "12"))),
                        node("Add", "x, c", "y"))
                    .addOpsetImport(opset("", 18)));
    OnnxModel read = OnnxModel.read(write(model));
    try (Evaluator evaluator = new Evaluator(read)) {
      Array image = new Array(new float[] {0}, 1);
      assertThat(evaluator.run(Map.of("x", image)).get("y").content()).containsExactly(15);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"w.data", "./w.data", "deep/w.data", "deep\\w.data", "deep/../w.data"})
  void readsFilesBelowTheFolder(String location) throws IOException {
    assertThat(weight("location", location)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret",
        "..\\secret",
        "deep/../../secret",
        "",
        "/etc/hostname",
        "/absent",
        "../absent",
        "link",
        "deep/up/secret"
      })
  void readsNothingOutsideIt(String location) throws IOException {
    Files.createSymbolicLink(models.resolve("link"), folder.resolve("secret"));
    Files.createSymbolicLink(models.resolve("deep/up"), folder);
    assertThatThrownBy(() -> weight("location", location))
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageContaining("m.onnx: the weights 'w' ")
        .hasMessageContaining("outside the model's folder");
  }

  @Test
  void takesNoAbsolutePathEvenIntoTheFolder() {
    String location = models.resolve("w.data").toAbsolutePath().toString();
    assertThatThrownBy(() -> weight("location", location)).hasMessageContaining("outside");
  }

  /** Download caches keep links to files that are together elsewhere. */
  @Test
  void followsALinkedModelToWhatLiesBesideIt() throws IOException {
    Path store = Files.createDirectory(folder.resolve("store"));
    Files.move(models.resolve("w.data"), store.resolve("a1"));
    Files.write(store.resolve("b2"), bytes(tensor("w")));
    Files.createSymbolicLink(models.resolve("w.data"), store.resolve("a1"));
    Path file = Files.createSymbolicLink(models.resolve("m.onnx"), store.resolve("b2"));
    assertThat(OnnxModel.read(file).constants().get("w").toFloats()).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource({
    "offset, 14, but the file has 16",
    "offset, 9223372036854775807, but the file has 16",
    "offset, -4, no number of bytes",
    "offset, four, no number of bytes",
    "length, 8, need 4 bytes",
    "length, 99999999999999, need 4 bytes",
    "location, absent, are missing: there is no file",
    "location, deep, are no file",
    "checksum, 00, have the SHA-1",
  })
  void refusesWhatContradictsTheFile(String key, String entry, String reason) {
    assertThatThrownBy(() -> weight(key, entry))
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageContaining("the weights 'w' ")
        .hasMessageContaining(reason);
  }

  @Test
  void comparesTheChecksum() throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-1").digest(Files.readAllBytes(models.resolve("w.data")));
    assertThat(weight("checksum", HexFormat.of().withUpperCase().formatHex(digest))).isEqualTo(1);
  }

  @Test
  void refusesMoreThanAModelCanHoldBeforeItReads() {
    TensorProto.Builder huge = tensor("w").clearDims().addDims(1L << 30);
    assertThatThrownBy(() -> OnnxModel.read(write(adding(huge))))
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageContaining("the weights take 4096 MB")
        .hasMessageContaining("smaller variant");
  }

  private float weight(String key, String entry) throws IOException {
    return OnnxModel.read(write(adding(tensor("w", key, entry))))
        .constants()
        .get("w")
        .toFloats()[0];
  }

  private Path write(ModelProto.Builder model) throws IOException {
    return Files.write(models.resolve("m.onnx"), model.build().toByteArray());
  }

  private static byte[] bytes(TensorProto.Builder weights) {
    return adding(weights).build().toByteArray();
  }

  private static ModelProto.Builder adding(TensorProto.Builder weights) {
    return model(18, ports(graph(node("Add", "x, w", "y")).addInitializer(weights)));
  }

  private static GraphProto.Builder ports(GraphProto.Builder graph) {
    return graph
        .addInput(value("x", ElementType.FLOAT, 1))
        .addOutput(unshaped("y", ElementType.FLOAT));
  }

  private static AttributeProto constant(TensorProto.Builder tensor) {
    return AttributeProto.newBuilder()
        .setName("value")
        .setType(AttributeType.TENSOR)
        .setT(tensor)
        .build();
  }

  /** One float in w.data, with one entry changed or added. */
  private static TensorProto.Builder tensor(String name, String... entry) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(ElementType.FLOAT.code())
            .addDims(1)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL);
    tensor.addExternalData(entry("location", "w.data"));
    if (entry.length > 0) {
      tensor.addExternalData(entry(entry[0], entry[1]));
    }
    return tensor;
  }

  private static StringStringEntryProto entry(String key, String content) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(content).build();
  }
}
