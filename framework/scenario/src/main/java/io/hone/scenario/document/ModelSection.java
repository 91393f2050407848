package io.hone.scenario.document;

import io.hone.api.ModelBackend;
import io.hone.api.Param;
import io.hone.api.model.ModelReference;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.Scenario;
import java.util.Optional;

/** The keys of the model under test, as written. */
public record ModelSection(
    @Param("A folder with model.yaml, or a model file.") ModelReference card,
    @Param("What runs the model; default: the first backend that accepts it.")
        Optional<BoundComponent<ModelBackend<Record>>> backend) {

  public Scenario.ModelChoice choice() {
    return new Scenario.ModelChoice(card, backend);
  }
}
