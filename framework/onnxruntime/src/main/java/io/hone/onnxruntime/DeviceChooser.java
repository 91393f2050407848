package io.hone.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import io.hone.api.BadInputException;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnxruntime.session.Device;
import io.hone.onnxruntime.session.ExecutionTarget;
import io.hone.onnxruntime.session.Feed;
import io.hone.onnxruntime.session.InferenceSession;
import io.hone.onnxruntime.session.RuntimeFailure;
import java.util.Map;
import java.util.Optional;

/** Turns the device that a scenario wants into one that works here. */
final class DeviceChooser {
  private static final int OPSET = 18;
  private static final String INPUT = "given";
  private static final String OUTPUT = "returned";

  private DeviceChooser() {}

  /**
   * Chooses once per run; says through {@link Run#notice} what {@code auto} fell back to.
   *
   * @throws BadInputException if CUDA is demanded and cannot be had
   */
  static ExecutionTarget choose(OnnxRuntimeBackend.Params wanted, Run run) {
    return run.once("onnxruntime device " + wanted, () -> find(wanted, run));
  }

  private static ExecutionTarget find(OnnxRuntimeBackend.Params wanted, Run run) {
    if (wanted.device() == Device.CPU) {
      return new ExecutionTarget.Cpu();
    }
    ExecutionTarget.Cuda cuda =
        new ExecutionTarget.Cuda(wanted.deviceId(), wanted.memoryLimit(), wanted.cudnnSearch());
    Optional<String> obstacle = obstacle(cuda);
    if (obstacle.isEmpty()) {
      return cuda;
    }
    if (wanted.device() == Device.CUDA) {
      throw new BadInputException(
          "backend onnxruntime, device: cuda cannot be had: "
              + obstacle.get()
              + "; or use device: cpu, or device: auto to fall back to it");
    }
    run.notice("Backend onnxruntime, device: auto fell back to the CPU: " + obstacle.get() + ".");
    return new ExecutionTarget.Cpu();
  }

  private static Optional<String> obstacle(ExecutionTarget.Cuda cuda) {
    if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
      return Optional.of(
          "this Hone holds ONNX Runtime for CPUs; build it with mvn -Dcuda -DskipTests package");
    }
    // The provider is compiled in; only running something tells of the driver, cuDNN and device.
    try (InferenceSession session = new InferenceSession(identity(), cuda, false)) {
      Tensor value = Tensor.zeros(2, 1);
      session.run(Feed.of(Map.of(INPUT, value)), Map.of(OUTPUT, Tensor.zeros(2, 1)));
      return Optional.empty();
    } catch (OrtException failure) {
      return Optional.of(
          cuda.name()
              + " does not work ("
              + RuntimeFailure.shorten(failure)
              + "); install the NVIDIA driver, CUDA 12 and cuDNN 9, and check device-id");
    }
  }

  private static byte[] identity() {
    GraphEditor graph = GraphEditor.create(OPSET);
    Value given = graph.input(INPUT, ElementType.FLOAT, Shape.of(2, 1));
    graph.output(OUTPUT, given);
    return graph.build("probe").toBytes();
  }
}
