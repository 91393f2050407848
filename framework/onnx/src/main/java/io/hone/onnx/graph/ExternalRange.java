package io.hone.onnx.graph;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Where a tensor's content is beside the model.
 *
 * @param location a path relative to the model's folder
 * @param offset of the first byte
 * @param length in bytes, what the tensor's shape and type need
 * @param checksum SHA-1 of the whole file in lower case hex; empty where none is given
 */
record ExternalRange(String location, long offset, int length, String checksum) {
  /**
   * Reads a tensor's entries.
   *
   * @throws OnnxFormatException if they contradict the tensor, or each other
   */
  static ExternalRange of(TensorProto tensor) {
    Map<String, String> entries = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      entries.put(entry.getKey(), entry.getValue());
    }
    String location = entries.getOrDefault("location", "");
    long needed = ModelSize.of(tensor);
    long offset = number("offset", entries.getOrDefault("offset", "0"));
    long length = number("length", entries.getOrDefault("length", Long.toString(needed)));
    if (length != needed || length > Integer.MAX_VALUE) {
      throw new OnnxFormatException(
          "of shape "
              + tensor.getDimsList()
              + " and type "
              + ElementType.of(tensor.getDataType())
              + " need "
              + needed
              + " bytes, but "
              + length
              + " are named in '"
              + location
              + "'");
    }
    return new ExternalRange(
        location,
        offset,
        (int) length,
        entries.getOrDefault("checksum", "").toLowerCase(Locale.ROOT));
  }

  private static long number(String key, String text) {
    try {
      long number = Long.parseLong(text.strip());
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as a negative number is.
    }
    throw new OnnxFormatException(
        "have the " + key + " '" + text + "', which is no number of bytes");
  }
}
