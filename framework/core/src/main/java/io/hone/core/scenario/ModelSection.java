package io.hone.core.scenario;

import io.hone.api.backend.ModelBackend;
import io.hone.api.component.Param;
import io.hone.api.model.ModelReference;
import io.hone.core.component.BoundComponent;
import java.util.Optional;

/** The keys of the model under test, as written. */
record ModelSection(
    @Param("A folder with model.yaml, or a model file.") ModelReference card,
    @Param("What runs the model; default: the first backend that accepts it.")
        Optional<BoundComponent<ModelBackend<Record>>> backend) {

  Scenario.ModelChoice choice() {
    return new Scenario.ModelChoice(card, backend);
  }
}
