package io.hone.onnxruntime.session;

import java.util.Locale;
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

  private static final Pattern WORD = Pattern.compile("cpu|auto|(?<gpu>cuda)(:(?<id>\\d{1,3}))?");

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
    if (found.group("gpu") == null) {
      return Optional.of(of(Device.valueOf(word.toUpperCase(Locale.ROOT)), 0));
    }
    String id = found.group("id");
    return Optional.of(of(Device.CUDA, id == null ? 0 : Integer.parseInt(id)));
  }

  private static DeviceRequest of(Device device, int id) {
    return new DeviceRequest(device, id, Optional.empty(), CudnnSearch.EXHAUSTIVE);
  }
}
