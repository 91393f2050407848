package io.hone.onnxruntime.session;

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
import java.util.Map;
import java.util.Optional;

/** Turns the device that a user wants into a device that works here. */
public final class DeviceChooser {
  private static final int OPSET = 18;
  private static final String INPUT = "given";
  private static final String OUTPUT = "returned";

  private DeviceChooser() {}

  /**
   * Chooses once per run for each request; says through {@link Run#notice} what {@code auto} fell
   * back to.
   *
   * @throws BadInputException if CUDA is demanded and cannot be had
   */
  public static ExecutionTarget choose(DeviceRequest wanted, Run run) {
    return run.once("onnxruntime device " + wanted, () -> find(wanted, run));
  }

  /**
   * Refuses a device that cannot be had.
   *
   * @throws BadInputException if CUDA is demanded and cannot be had
   */
  public static void check(DeviceRequest wanted) {
    if (wanted.device() == Device.CUDA) {
      Optional<String> obstacle = obstacle(cuda(wanted));
      if (obstacle.isPresent()) {
        throw refusal(obstacle.get());
      }
    }
  }

  private static ExecutionTarget find(DeviceRequest wanted, Run run) {
    if (wanted.device() == Device.CPU) {
      return new ExecutionTarget.Cpu();
    }
    ExecutionTarget.Cuda cuda = cuda(wanted);
    Optional<String> obstacle = obstacle(cuda);
    if (obstacle.isEmpty()) {
      return cuda;
    }
    if (wanted.device() == Device.CUDA) {
      throw refusal(obstacle.get());
    }
    run.notice("ONNX Runtime, device: auto fell back to the CPU: " + obstacle.get() + ".");
    return new ExecutionTarget.Cpu();
  }

  private static ExecutionTarget.Cuda cuda(DeviceRequest wanted) {
    return new ExecutionTarget.Cuda(wanted.id(), wanted.memoryLimit(), wanted.search());
  }

  private static BadInputException refusal(String obstacle) {
    return new BadInputException(
        "ONNX Runtime cannot use device: cuda: "
            + obstacle
            + "; or write device: cpu, or device: auto to fall back to the CPU");
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
              + "); install the NVIDIA driver, CUDA 12 and cuDNN 9, or name another GPU");
    }
  }

  private static byte[] identity() {
    GraphEditor graph = GraphEditor.create(OPSET);
    Value given = graph.input(INPUT, ElementType.FLOAT, Shape.of(2, 1));
    graph.output(OUTPUT, given);
    return graph.build("probe").toBytes();
  }
}
