package io.hone.onnxruntime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import io.hone.api.BadInputException;
import io.hone.onnxruntime.OnnxRuntimeBackend;
import io.hone.testkit.TestRun;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {
  private final OnnxRuntimeBackend backend = new OnnxRuntimeBackend();
  private final TestRun run = new TestRun(1);

  private static OnnxRuntimeBackend.Params on(Device device) {
    return new OnnxRuntimeBackend.Params(device, 0, Optional.empty(), CudnnSearch.HEURISTIC);
  }

  @Test
  void settingsReachCudaInItsOwnWords() {
    ExecutionTarget.Cuda cuda =
        new ExecutionTarget.Cuda(1, Optional.of(512), CudnnSearch.HEURISTIC);
    assertThat(cuda.name()).isEqualTo("cuda:1");
    assertThat(cuda.settings())
        .containsEntry("gpu_mem_limit", "536870912")
        .containsEntry("cudnn_conv_algo_search", "HEURISTIC");
  }

  @Test
  void aWordNamesADevice() {
    assertThat(DeviceRequest.parse("cpu")).contains(DeviceRequest.CPU);
    assertThat(DeviceRequest.parse("cuda").orElseThrow().device()).isEqualTo(Device.CUDA);
    assertThat(DeviceRequest.parse("cuda:12").orElseThrow().id()).isEqualTo(12);
    assertThat(DeviceRequest.parse("auto").orElseThrow().device()).isEqualTo(Device.AUTO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "CUDA", "cuda:", "cuda:-1", "cuda:1234", "cpu:0", "auto "})
  void anotherWordNamesNone(String word) {
    assertThat(DeviceRequest.parse(word)).isEmpty();
  }

  /** In a Hone built without {@code -Dcuda}, which is the usual one. */
  @Nested
  class WithoutCuda {
    @BeforeEach
    void builtForProcessors() {
      assumeThat(OrtEnvironment.getAvailableProviders()).doesNotContain(OrtProvider.CUDA);
    }

    @Test
    void cudaEndsInAClearError() {
      assertThatThrownBy(() -> backend.device(on(Device.CUDA), run))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("-Dcuda")
          .hasMessageContaining("device: cpu");
    }

    @Test
    void autoFallsBackAndSaysSoOnce() {
      assertThat(backend.device(on(Device.AUTO), run)).isEqualTo("cpu");
      assertThat(backend.device(on(Device.AUTO), run)).isEqualTo("cpu");
      assertThat(run.notices())
          .singleElement()
          .asString()
          .contains("fell back to the CPU", "-Dcuda");
    }
  }

  /** In a Hone built with {@code -Dcuda}, on a machine with or without a GPU. */
  @Nested
  class WithCuda {
    @BeforeEach
    void builtForGpus() {
      assumeThat(OrtEnvironment.getAvailableProviders()).contains(OrtProvider.CUDA);
    }

    @Test
    void aDeviceThatIsNotThereEndsInAClearError() {
      OnnxRuntimeBackend.Params absent =
          new OnnxRuntimeBackend.Params(Device.CUDA, 99, Optional.empty(), CudnnSearch.DEFAULT);
      assertThatThrownBy(() -> backend.device(absent, run))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("cuda:99")
          .hasMessageContaining("name another GPU");
    }

    @Test
    void autoSaysWhatItFellBackTo() {
      String device = backend.device(on(Device.AUTO), run);
      assertThat(device).isIn("cuda:0", "cpu");
      assertThat(run.notices()).hasSize(device.equals("cpu") ? 1 : 0);
    }
  }
}
