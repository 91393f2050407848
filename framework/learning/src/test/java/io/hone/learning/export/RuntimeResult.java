package io.hone.learning.export;

import ai.onnx.proto.OnnxMl;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.hone.api.data.Tensor;
import java.util.Arrays;
import java.util.Map;

/**
 * What ONNX Runtime computes.
 *
 * @param shape of the first output
 * @param values of the first output
 */
record RuntimeResult(long[] shape, float[] values) {
  static RuntimeResult of(OnnxMl.ModelProto model, Tensor images) {
    long[] shape = Arrays.stream(images.shape()).asLongStream().toArray();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model.toByteArray());
        OnnxTensor input = OnnxTensor.createTensor(environment, images.buffer(), shape);
        OrtSession.Result result = session.run(Map.of("image", input))) {
      OnnxTensor first = (OnnxTensor) result.get(0);
      float[] values = new float[first.getFloatBuffer().remaining()];
      first.getFloatBuffer().get(values);
      return new RuntimeResult(first.getInfo().getShape(), values);
    } catch (OrtException e) {
      throw new AssertionError(e);
    }
  }
}
