package io.hone.bench.network;

import io.hone.api.model.Classifier;
import io.hone.onnxruntime.OnnxRuntimeBackend;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens a network the way a scenario does. */
public final class HoneModel {
  private HoneModel() {}

  /** Returns the model behind Hone's own interface. */
  public static Classifier open(Network network) throws IOException {
    Path file = Files.createTempFile("network", ".onnx");
    try {
      Files.write(file, network.toOnnx());
      OnnxRuntimeBackend backend = new OnnxRuntimeBackend();
      return backend.openClassifier(
          OnnxRuntimeBackend.Params.CPU, backend.describe(file).orElseThrow(), new TestRun(1));
    } finally {
      Files.delete(file);
    }
  }
}
