package io.hone.onnx.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Brings weights that are in files beside a model into the model: those of its graph, of nodes, of
 * subgraphs and of functions.
 */
final class ExternalData extends ProtoMapping {
  private final Path file;
  private final ModelFolder folder;

  private ExternalData(Path file) throws IOException {
    this.file = file;
    this.folder = ModelFolder.of(file);
  }

  static ModelProto load(ModelProto model, Path file) throws IOException {
    // Told before anything is read, because memory would run full first.
    ModelSize.check(model, file.toString());
    return new ExternalData(file).apply(model);
  }

  @Override
  protected TensorProto tensor(TensorProto tensor) {
    if (tensor.getDataLocation() != TensorProto.DataLocation.EXTERNAL) {
      return tensor;
    }
    String place = file + ": the weights '" + tensor.getName() + "' ";
    try {
      ExternalRange range = ExternalRange.of(tensor);
      place += "in '" + range.location() + "' ";
      return tensor.toBuilder()
          .clearExternalData()
          .clearDataLocation()
          // Nobody else holds the array, and a copy would double the memory of large models.
          .setRawData(UnsafeByteOperations.unsafeWrap(folder.read(range)))
          .build();
    } catch (WeightsFileException e) {
      throw e.at(place);
    } catch (OnnxFormatException e) {
      throw new OnnxFormatException(place + e.getMessage(), e);
    } catch (IOException | InvalidPathException e) {
      throw new OnnxFormatException(place + "cannot be read: " + e, e);
    }
  }
}
