package io.hone.bench.network;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.hone.api.data.Tensor;
import java.util.Map;

/** ONNX Runtime used by hand as fast as it goes: everything reused, nothing checked or copied. */
public final class BareSession implements AutoCloseable {
  private final OrtSession session;
  private final OnnxTensor given;
  private final OnnxTensor logits;

  public BareSession(LeNet5 network, int threads, Tensor images) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      session = environment.createSession(network.toOnnx(), options);
    }
    given =
        OnnxTensor.createTensor(
            environment, images.buffer(), new long[] {images.rows(), 1, LeNet5.SIDE, LeNet5.SIDE});
    logits =
        OnnxTensor.createTensor(
            environment,
            Tensor.zeros(images.rows(), LeNet5.CLASSES).buffer(),
            new long[] {images.rows(), LeNet5.CLASSES});
  }

  /** Runs once. */
  public void run() throws OrtException {
    String input = session.getInputNames().iterator().next();
    String output = session.getOutputNames().iterator().next();
    session.run(Map.of(input, given), Map.of(output, logits)).close();
  }

  @Override
  public void close() throws OrtException {
    given.close();
    logits.close();
    session.close();
  }
}
