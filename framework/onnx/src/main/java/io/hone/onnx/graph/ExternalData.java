package io.hone.onnx.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Brings weights that stand in files beside a model into the model. */
final class ExternalData {
  private ExternalData() {}

  static ModelProto load(ModelProto model, Path file) {
    GraphProto graph = model.getGraph();
    if (graph.getInitializerList().stream().noneMatch(ExternalData::isExternal)) {
      return model;
    }
    GraphProto.Builder loaded = graph.toBuilder().clearInitializer();
    for (TensorProto tensor : graph.getInitializerList()) {
      loaded.addInitializer(isExternal(tensor) ? load(tensor, file) : tensor);
    }
    return model.toBuilder().setGraph(loaded).build();
  }

  private static boolean isExternal(TensorProto tensor) {
    return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
  }

  private static TensorProto load(TensorProto tensor, Path file) {
    Map<String, String> entries = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      entries.put(entry.getKey(), entry.getValue());
    }
    String location = entries.getOrDefault("location", "");
    String place = file + ": the weights '" + tensor.getName() + "' in '" + location + "'";
    try {
      Path folder = file.toRealPath().getParent();
      // The real path, so that a link cannot lead out of the folder either.
      Path source = folder.resolve(location).toRealPath();
      if (location.isEmpty() || !source.startsWith(folder)) {
        throw new OnnxFormatException(place + " stand outside the model's folder " + folder);
      }
      try (FileChannel channel = FileChannel.open(source)) {
        long offset = Long.parseLong(entries.getOrDefault("offset", "0"));
        long length =
            entries.containsKey("length")
                ? Long.parseLong(entries.get("length"))
                : channel.size() - offset;
        if (offset < 0 || length < 0 || length > channel.size() - offset) {
          throw new OnnxFormatException(
              place
                  + " reach from byte "
                  + offset
                  + " over "
                  + length
                  + ", but the file has "
                  + channel.size());
        }
        ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(length));
        while (content.hasRemaining() && channel.read(content, offset + content.position()) >= 0) {
          // Reads on until the buffer is full.
        }
        return tensor.toBuilder()
            .clearExternalData()
            .clearDataLocation()
            .setRawData(ByteString.copyFrom(content.flip()))
            .build();
      }
    } catch (IOException | InvalidPathException | NumberFormatException | ArithmeticException e) {
      throw new OnnxFormatException(place + " cannot be read: " + e, e);
    }
  }
}
