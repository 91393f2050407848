package io.hone.onnxruntime.session;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a user wants graphs to run.
 *
 * @param device the kind of device
 * @param id which GPU, counted from 0
 * @param memoryLimit megabytes that ONNX Runtime may hold on the GPU; empty for all
 * @param search how convolutions are chosen on the GPU
 */
public record DeviceRequest(
    Device device, int id, Optional<Integer> memoryLimit, CudnnSearch search) {
  /** The processor. */
  public static final DeviceRequest CPU = of(Device.CPU, 0);

  private static final Pattern WORD = Pattern.compile("(cpu|auto|cuda)|cuda:(\\d{1,3})");

  /**
   * Reads a device in one word: {@code cpu}, {@code cuda}, {@code cuda:1} or {@code auto}.
   *
   * @return empty if the word names no device
   */
  public static Optional<DeviceRequest> parse(String word) {
    Matcher found = WORD.matcher(word);
    if (!found.matches()) {
      return Optional.empty();
    }
    if (found.group(2) != null) {
      return Optional.of(of(Device.CUDA, Integer.parseInt(found.group(2))));
    }
    return Optional.of(
        switch (found.group(1)) {
          case "cpu" -> CPU;
          case "auto" -> of(Device.AUTO, 0);
          default -> of(Device.CUDA, 0);
        });
  }

  private static DeviceRequest of(Device device, int id) {
    return new DeviceRequest(device, id, Optional.empty(), CudnnSearch.EXHAUSTIVE);
  }
}
