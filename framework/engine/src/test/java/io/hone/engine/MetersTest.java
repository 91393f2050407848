package io.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.engine.model.ModelLibrary;
import io.hone.scenario.Scenario;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several runs that count in one registry. */
class MetersTest {
  private static final String RATE = "hone.images.per.second";

  @TempDir Path folder;

  private EngineFixture engine;
  private final MeterRegistry registry = new SimpleMeterRegistry();

  @BeforeEach
  void setUp() throws IOException {
    engine = new EngineFixture(folder);
  }

  private Map<String, Object> run(String images) throws IOException {
    Scenario scenario = engine.scenario(EngineFixture.CHAIN, "dataset.take=" + images);
    try (ModelLibrary models = new ModelLibrary(EngineComponents.registry())) {
      return new ScenarioRunner(models)
          .run(scenario, engine.options("out-" + images, registry))
          .summary()
          .meters();
    }
  }

  @Test
  void resultsTellOfTheirOwnRunAlone() throws IOException {
    Map<String, Object> first = run("40");
    Map<String, Object> second = run("60");

    assertThat(first).containsEntry("hone.images.count", 40.0);
    assertThat(second).containsEntry("hone.images.count", 60.0);
    assertThat(second.keySet()).isEqualTo(first.keySet());
    assertThat(registry.get("hone.images").counter().count()).isEqualTo(100);
  }

  @Test
  void theRateIsThatOfTheLastRun() throws IOException {
    run("40");
    Map<String, Object> second = run("60");

    assertThat(registry.get(RATE).gauge().value())
        .isPositive()
        .isEqualTo(second.get(RATE + ".value"));
  }
}
