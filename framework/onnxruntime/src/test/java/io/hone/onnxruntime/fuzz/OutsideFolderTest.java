package io.hone.onnxruntime.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No model reads a file outside of its own folder, whatever it calls that file. */
class OutsideFolderTest {
  private static final String SECRET = "SECRETSECRETSECR";

  @TempDir Path outside;
  private Path folder;

  @BeforeEach
  void layOut() throws IOException {
    folder = Files.createDirectories(outside.resolve("models"));
    Files.writeString(outside.resolve("secret.bin"), SECRET);
    Files.writeString(folder.resolve("weights.bin"), "0123456789abcdef");
    Files.createDirectories(outside.resolve("models-too"));
    Files.writeString(outside.resolve("models-too/secret.bin"), SECRET);
    Files.createSymbolicLink(folder.resolve("link.bin"), outside.resolve("secret.bin"));
    Files.createSymbolicLink(folder.resolve("up"), outside);
    Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
    Files.createDirectories(folder.resolve("directory"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.bin",
        "./../secret.bin",
        "..\\secret.bin",
        "directory/../../secret.bin",
        "missing/../../secret.bin",
        "../models-too/secret.bin",
        "link.bin",
        "up/secret.bin",
        "up/models/../secret.bin",
        "loop",
        "directory",
        ".",
        "..",
        "",
        "missing.bin",
        "/dev/zero",
        "file:../secret.bin",
        "secret.bin\u0000weights.bin"
      })
  void refusesFilesElsewhere(String location) throws IOException {
    assertRefused(location, "0", "16");
  }

  @Test
  void refusesAnAbsolutePath() throws IOException {
    assertRefused(outside.resolve("secret.bin").toString(), "0", "16");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 16",
    "1, 16",
    "0, -16",
    "0, 15",
    "0, 17",
    "9223372036854775807, 16",
    "-9223372036854775808, 16",
    "9223372036854775800, 9223372036854775800",
    "1e3, 16",
    "0x0, 16",
    "0, 99999999999999999999"
  })
  void refusesPlacesThatAFileDoesNotHave(String offset, String length) throws IOException {
    assertRefused("weights.bin", offset, length);
  }

  @Test
  void readsWhatStandsBesideTheModel() throws IOException {
    OnnxModel model = OnnxModel.read(write("weights.bin", "0", "16"));
    assertThat(model.toBytes()).asString(StandardCharsets.ISO_8859_1).contains("0123456789abcdef");
  }

  private void assertRefused(String location, String offset, String length) throws IOException {
    Path file = write(location, offset, length);
    assertThatThrownBy(() -> OnnxModel.read(file))
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining("weights")
        .satisfies(refused -> assertThat(refused.toString()).doesNotContain(SECRET));
  }

  private Path write(String location, String offset, String length) throws IOException {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(1, 4));
    Value weights = graph.constant("weights", ConstantTensor.floats(new float[4], 4));
    graph.output("logits", graph.op("Add", image, weights));
    ModelProto.Builder model = graph.build("outside").toProto().toBuilder();
    model
        .getGraphBuilder()
        .getInitializerBuilder(0)
        .clearRawData()
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", location))
        .addExternalData(entry("offset", offset))
        .addExternalData(entry("length", length));
    return Files.write(folder.resolve("model.onnx"), model.build().toByteArray());
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
