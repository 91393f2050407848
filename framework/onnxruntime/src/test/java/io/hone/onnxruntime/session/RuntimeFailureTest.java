package io.hone.onnxruntime.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import org.junit.jupiter.api.Test;

class RuntimeFailureTest {
  @Test
  void keepsWhatAUserCanUse() {
    OrtException failure =
        new OrtException(
            OrtException.OrtErrorCode.ORT_FAIL,
            "/onnxruntime_src/core/session/library.cc:1234 onnxruntime::Provider&"
                + " onnxruntime::ProviderLibrary::Get()"
                + " [ONNXRuntimeError] : 1 : FAIL : Failed to load library libcuda.so\nwith error:"
                + " no such file");
    assertThat(RuntimeFailure.shorten(failure))
        .isEqualTo("Failed to load library libcuda.so with error: no such file");
  }

  @Test
  void cutsWhatNobodyReads() {
    OrtException failure =
        new OrtException(OrtException.OrtErrorCode.ORT_FAIL, "node ".repeat(1000));
    assertThat(RuntimeFailure.shorten(failure)).hasSizeLessThan(320).endsWith(" ...");
  }

  @Test
  void leavesOutSignaturesWithTemplatesAndParenthesesInThem() {
    OrtException failure =
        new OrtException(
            OrtException.OrtErrorCode.ORT_FAIL,
            "Exception during initialization: /src/core/graph/load.h:56 void"
                + " onnxruntime::load::Check(const std::unordered_map<std::string, int>&,"
                + " std::function<void(int)>, bool) const [with T = float] the file is odd (very)");
    assertThat(RuntimeFailure.shorten(failure))
        .isEqualTo("Exception during initialization: the file is odd (very)");
  }
}
