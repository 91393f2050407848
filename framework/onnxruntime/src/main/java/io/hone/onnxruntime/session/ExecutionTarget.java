package io.hone.onnxruntime.session;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A device that was found to work, and what ONNX Runtime is told about it. */
public sealed interface ExecutionTarget {
  /** Returns the device's name as results record it. */
  String name();

  /** Adds the device to a session's options. */
  void configure(SessionOptions options) throws OrtException;

  /** The processor: what ONNX Runtime uses unless told otherwise. */
  record Cpu() implements ExecutionTarget {
    @Override
    public String name() {
      return "cpu";
    }

    @Override
    public void configure(SessionOptions options) {}
  }

  /**
   * One NVIDIA GPU.
   *
   * @param id of the device, from 0
   * @param memoryLimit megabytes that ONNX Runtime may hold there
   * @param search how convolutions are chosen
   */
  record Cuda(int id, Optional<Integer> memoryLimit, CudnnSearch search)
      implements ExecutionTarget {
    private static final long MEGABYTE = 1L << 20;

    @Override
    public String name() {
      return "cuda:" + id;
    }

    @Override
    public void configure(SessionOptions options) throws OrtException {
      try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(id)) {
        for (Map.Entry<String, String> setting : settings().entrySet()) {
          cuda.add(setting.getKey(), setting.getValue());
        }
        options.addCUDA(cuda);
      }
    }

    /** Returns the settings in ONNX Runtime's own words. */
    Map<String, String> settings() {
      Map<String, String> settings = new LinkedHashMap<>();
      settings.put("cudnn_conv_algo_search", search.name());
      memoryLimit.ifPresent(
          megabytes -> settings.put("gpu_mem_limit", Long.toString(megabytes * MEGABYTE)));
      return settings;
    }
  }
}
