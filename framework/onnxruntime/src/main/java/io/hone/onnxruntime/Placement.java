package io.hone.onnxruntime;

import io.hone.api.run.Run;
import io.hone.onnxruntime.session.DeviceChooser;
import io.hone.onnxruntime.session.ExecutionTarget;
import io.hone.onnxruntime.session.MemoryLimit;

/**
 * Where a model runs, and in how much memory.
 *
 * @param target the device
 * @param memory that one run may take
 */
record Placement(ExecutionTarget target, MemoryLimit memory) {
  /** Chooses as the user's parameters say. */
  static Placement of(OnnxRuntimeBackend.Params parameters, Run run) {
    ExecutionTarget target = DeviceChooser.choose(parameters.request(), run);
    return new Placement(target, MemoryLimit.of(parameters.memoryLimit(), target, run));
  }
}
