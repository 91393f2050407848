package io.hone.learning.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.hone.api.data.ImageShape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BilinearResizeTest {
  private static float[] resized(ImageShape from, float[] image, int height, int width) {
    ImageShape to = new ImageShape(from.channels(), height, width);
    float[] into = new float[to.features()];
    Arrays.fill(into, Float.NaN);
    new BilinearResize(from, to).apply(image, into);
    return into;
  }

  /** New centres are at -0.25, 0.25, 0.75 and 1.25 of the old places. */
  @Test
  void twiceTheSizeIsAQuarterAndThreeQuartersBetweenPixels() {
    ImageShape square = new ImageShape(1, 2, 2);
    assertThat(resized(square, new float[] {0, 4, 8, 12}, 4, 4))
        .containsExactly(0, 1, 3, 4, 2, 3, 5, 6, 6, 7, 9, 10, 8, 9, 11, 12);
  }

  @Test
  void halfTheSizeIsTheMeanOfFourPixels() {
    ImageShape image = new ImageShape(2, 2, 4);
    float[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 10, 20, 30, 40, 50, 60, 70, 80};
    assertThat(resized(image, pixels, 1, 2)).containsExactly(3.5f, 5.5f, 35, 55);
  }

  @Test
  void theSameSizeIsTheSameImage() {
    ImageShape image = new ImageShape(1, 2, 3);
    float[] pixels = {0.1f, 0.7f, 0.3f, 0.9f, 0.2f, 1f / 3};
    assertThat(resized(image, pixels, 2, 3)).isEqualTo(pixels);
  }

  @ParameterizedTest
  @CsvSource({"32, 28, 28", "32, 40, 40", "7, 5, 9", "1, 3, 4", "5, 1, 1", "6, 13, 2"})
  void agreesWithOnnxRuntime(int size, int height, int width) throws OrtException {
    ImageShape from = new ImageShape(3, size, size + 2);
    SplittableRandom random = new SplittableRandom(size);
    float[] image = new float[from.features()];
    for (int feature = 0; feature < image.length; feature++) {
      image[feature] = (float) random.nextDouble();
    }
    assertThat(resized(from, image, height, width))
        .containsExactly(byRuntime(from, image, height, width), within(1e-5f));
  }

  private static float[] byRuntime(ImageShape from, float[] image, int height, int width)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = {1, from.channels(), from.height(), from.width()};
    try (OrtSession session =
            environment.createSession(resize(from.channels(), height, width).toByteArray());
        OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(image), shape);
        OrtSession.Result result = session.run(Map.of("image", input))) {
      FloatBuffer made = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[made.remaining()];
      made.get(values);
      return values;
    }
  }

  private static OnnxMl.ModelProto resize(int channels, int height, int width) {
    OnnxMl.NodeProto node =
        OnnxMl.NodeProto.newBuilder()
            .setOpType("Resize")
            .addInput("image")
            .addInput("")
            .addInput("")
            .addInput("sizes")
            .addOutput("resized")
            .addAttribute(text("mode", "linear"))
            .addAttribute(text("coordinate_transformation_mode", "half_pixel"))
            .build();
    OnnxMl.TensorProto sizes =
        OnnxMl.TensorProto.newBuilder()
            .setName("sizes")
            .setDataType(OnnxMl.TensorProto.DataType.INT64.getNumber())
            .addDims(4)
            .addInt64Data(1)
            .addInt64Data(channels)
            .addInt64Data(height)
            .addInt64Data(width)
            .build();
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(18))
        .setGraph(
            OnnxMl.GraphProto.newBuilder()
                .setName("resize")
                .addInput(floats("image"))
                .addOutput(floats("resized"))
                .addInitializer(sizes)
                .addNode(node))
        .build();
  }

  private static OnnxMl.AttributeProto text(String name, String value) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.STRING)
        .setS(com.google.protobuf.ByteString.copyFromUtf8(value))
        .build();
  }

  private static OnnxMl.ValueInfoProto floats(String name) {
    OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
    for (int axis = 0; axis < 4; axis++) {
      shape.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder());
    }
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            OnnxMl.TypeProto.newBuilder()
                .setTensorType(
                    OnnxMl.TypeProto.Tensor.newBuilder()
                        .setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }

  @Test
  void refusesOtherChannels() {
    assertThatThrownBy(() -> new BilinearResize(new ImageShape(1, 2, 2), new ImageShape(3, 2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1x2x2 and 3x2x2 differ in channels");
  }
}
