package io.hone.onnxruntime;

import io.hone.api.model.ModelCard;
import io.hone.onnx.graph.Dimension;
import io.hone.testkit.BackendContractTest;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class OnnxRuntimeBackendContractTest extends BackendContractTest<OnnxRuntimeBackend.Params> {
  @TempDir private Path models;

  private ModelCard classifier;
  private ModelCard transformer;

  OnnxRuntimeBackendContractTest() {
    super(new OnnxRuntimeBackend());
  }

  @BeforeEach
  void write() {
    Dimension anyBatch = Dimension.named("batch");
    classifier = TinyModels.card(TinyModels.classifier(models, anyBatch, TinyModels.Ending.LOGITS));
    transformer = TinyModels.transformerCard(TinyModels.transformer(models, 1));
  }

  @Override
  protected ModelCard classifier() {
    return classifier;
  }

  @Override
  protected Optional<ModelCard> imageToImage() {
    return Optional.of(transformer);
  }
}
