package io.hone.dl4j.backend;

import io.hone.api.model.ModelCard;
import io.hone.testkit.BackendContractTest;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class ForeignDl4jBackendContractTest extends BackendContractTest<Dl4jBackend.Params> {
  @TempDir private Path models;

  private ModelCard classifier;
  private ModelCard autoencoder;

  ForeignDl4jBackendContractTest() {
    super(new Dl4jBackend());
  }

  @BeforeEach
  void save() {
    classifier = SavedModels.foreign(models, false);
    autoencoder = SavedModels.autoencoder(models);
  }

  @Override
  protected ModelCard classifier() {
    return classifier;
  }

  @Override
  protected Optional<ModelCard> imageToImage() {
    return Optional.of(autoencoder);
  }
}
