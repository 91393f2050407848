package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.hone.Hone;
import io.hone.RunSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hone as a library: validations and runs that fail leave no native memory behind.
 *
 * <p>The model's weights take some megabytes, so that each session that stays open outweighs what
 * the JVM itself moves: some ten megabytes up and down. Too long for every build: {@code mvn -Plong
 * verify} runs it, and {@code framework/bench/README.md} has the command for more rounds.
 */
@Tag("long")
class LeakCampaign {
  private static final int HIDDEN = 2000;
  private static final int PIXELS = 28 * 28;
  private static final int CLASSES = 10;
  private static final long WEIGHT_BYTES = 4L * HIDDEN * (PIXELS + CLASSES);
  private static final int WARM_UP = 3;
  private static final int WINDOW = 2;
  private static final int ROUNDS = Integer.getInteger("hone.leaks.rounds", 30);

  @TempDir Path folder;

  @Test
  void validationsAndFailedRunsKeepNativeMemoryFlat() throws Exception {
    NativeMemory memory = new NativeMemory();
    assumeTrue(memory.isReadable(), "needs Linux and a JDK that trims the native heap, 17.0.9+");
    writeModel();
    NumpyFiles.images(folder.resolve("examples.npy"), 3, 2, 2);
    try (Hone hone = InstalledHone.builder().dataFolder(folder.resolve("data")).open()) {
      Path sound = write("sound", "{use: fgsm}");
      // Found when model, data and attack are open: the examples are of another shape.
      Path failing = write("failing", "{use: stored, with: {examples: examples.npy}}");
      RunSettings settings = RunSettings.usual().into(folder.resolve("out"));
      long first = Long.MAX_VALUE;
      long last = Long.MAX_VALUE;
      for (int round = 0; round < WARM_UP + ROUNDS; round++) {
        hone.validate(sound);
        assertThatThrownBy(() -> hone.run(failing, settings)).hasMessageContaining("examples.npy");
        // What the JVM takes for a while makes single readings too large, never too small.
        if (round >= WARM_UP && round < WARM_UP + WINDOW) {
          first = Math.min(first, memory.bytes());
        } else if (round >= WARM_UP + ROUNDS - WINDOW) {
          last = Math.min(last, memory.bytes());
        }
      }
      System.out.printf(
          "campaign: %d validations and failed runs; %d MB beside the heap at first, %d MB at last%n",
          2 * ROUNDS, first >> 20, last >> 20);
      long between = ROUNDS - WINDOW;
      assertThat(last - first)
          .as("bytes that %d rounds left behind", between)
          .isLessThan(between * WEIGHT_BYTES / 2);
    }
  }

  private Path write(String name, String attack) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        hone: 1
        name: leaks
        dataset: {use: mnist, with: {split: test}, take: 8}
        model: {card: model.onnx}
        steps: [{id: attack, attack: %s}]
        """
            .formatted(attack));
  }

  private void writeModel() throws IOException {
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("wide")
            .addInput(value("image", 1, PIXELS / 28, 28))
            .addOutput(value("logits", CLASSES))
            .addInitializer(weights("first", PIXELS, HIDDEN))
            .addInitializer(weights("second", HIDDEN, CLASSES))
            .addNode(
                node("Flatten", "flat", "image")
                    .addAttribute(
                        AttributeProto.newBuilder()
                            .setName("axis")
                            .setType(AttributeProto.AttributeType.INT)
                            .setI(1)))
            .addNode(node("MatMul", "hidden", "flat", "first"))
            .addNode(node("Relu", "active", "hidden"))
            .addNode(node("MatMul", "logits", "active", "second"))
            .build();
    Files.write(
        folder.resolve("model.onnx"),
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .setGraph(graph)
            .build()
            .toByteArray());
  }

  private static NodeProto.Builder node(String operator, String output, String... inputs) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).addOutput(output);
    for (String input : inputs) {
      node.addInput(input);
    }
    return node;
  }

  private static TensorProto weights(String name, int rows, int columns) {
    ByteBuffer values = ByteBuffer.allocate(4 * rows * columns).order(ByteOrder.LITTLE_ENDIAN);
    for (int index = 0; index < rows * columns; index++) {
      values.putFloat((float) Math.sin(index * 0.7) / 100);
    }
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.FLOAT.getNumber())
        .addDims(rows)
        .addDims(columns)
        .setRawData(ByteString.copyFrom(values.array()))
        .build();
  }

  private static ValueInfoProto value(String name, int... sizes) {
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
    for (int size : sizes) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }
}
