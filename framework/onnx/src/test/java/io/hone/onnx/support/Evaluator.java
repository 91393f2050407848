package io.hone.onnx.support;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.hone.onnx.graph.OnnxModel;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Evaluates a model in ONNX Runtime, on one thread. */
public final class Evaluator implements AutoCloseable {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final OrtSession session;

  public Evaluator(OnnxModel model) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = ENVIRONMENT.createSession(model.toBytes(), options);
    } catch (OrtException e) {
      throw new AssertionError("ONNX Runtime refuses the model: " + e.getMessage(), e);
    }
  }

  /** Runs once; gives back every float output. */
  public Map<String, Array> run(Map<String, ?> inputs) {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (Map.Entry<String, ?> input : inputs.entrySet()) {
        tensors.put(input.getKey(), tensor(input.getValue()));
      }
      try (OrtSession.Result result = session.run(tensors)) {
        Map<String, Array> outputs = new LinkedHashMap<>();
        for (Map.Entry<String, ai.onnxruntime.OnnxValue> output : result) {
          OnnxTensor tensor = (OnnxTensor) output.getValue();
          FloatBuffer buffer = tensor.getFloatBuffer();
          if (buffer != null) {
            float[] content = new float[buffer.remaining()];
            buffer.get(content);
            outputs.put(output.getKey(), new Array(content, tensor.getInfo().getShape()));
          }
        }
        return outputs;
      } finally {
        tensors.values().forEach(OnnxTensor::close);
      }
    } catch (OrtException e) {
      throw new AssertionError("ONNX Runtime fails: " + e.getMessage(), e);
    }
  }

  private static OnnxTensor tensor(Object value) throws OrtException {
    if (value instanceof Array array) {
      return OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(array.content()), array.shape());
    }
    long[] integers = (long[]) value;
    return OnnxTensor.createTensor(
        ENVIRONMENT, LongBuffer.wrap(integers), new long[] {integers.length});
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new AssertionError(e);
    }
  }
}
