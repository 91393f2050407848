package io.hone.training;

import io.hone.api.BadInputException;
import io.hone.api.DatasetRequest;
import io.hone.api.data.Sha256;
import io.hone.api.run.Run;
import io.hone.api.train.Examples;
import io.hone.engine.ChainRunner;
import io.hone.engine.context.RunServices;
import io.hone.scenario.TrainingScenario;
import io.hone.scenario.Validation;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the examples of a training and divides them; those that a chain makes are stored, and found
 * again by everything they depend on.
 */
final class ExampleMaker {
  private final TrainingScenario scenario;
  private final TrainingRecipe recipe;
  private final RunServices services;
  private final ExampleFactory factory;

  ExampleMaker(TrainingScenario scenario, TrainingRecipe recipe, RunServices services) {
    this.scenario = scenario;
    this.recipe = recipe;
    this.services = services;
    this.factory = new ExampleFactory(recipe, scenario.data().goal(), services);
  }

  TrainingExamples make(PreparedTraining prepared) throws IOException {
    return prepared.chain().isPresent()
        ? chained(prepared.chain().get(), prepared.alike())
        : read(prepared.wanted(), prepared.alike());
  }

  private TrainingExamples read(DatasetRequest wanted, DatasetRequest alike) {
    Parts parts = new Parts();
    factory.read(scenario.data().dataset(), wanted, split(parts));
    return collected(parts, alike);
  }

  private TrainingExamples chained(ChainRunner chain, DatasetRequest alike) throws IOException {
    ExampleStore store = new ExampleStore(services.dataFolder().resolve("training-pairs"));
    String key = key(chain, alike);
    Optional<TrainingExamples> stored = store.find(key);
    if (stored.isPresent()) {
      services.listener().notice("training pairs found in the cache: " + key);
      return stored.get();
    }
    Parts parts = new Parts();
    factory.run(chain, split(parts));
    TrainingExamples made = collected(parts, alike);
    store.put(key, made);
    return made;
  }

  private String key(ChainRunner chain, DatasetRequest alike) {
    Map<String, Object> dependencies = new LinkedHashMap<>();
    dependencies.put("data", scenario.effective().get("data"));
    dependencies.put("validation", scenario.effective().get("validation"));
    dependencies.put("seed", scenario.seed());
    dependencies.put("target", recipe.key());
    if (!recipe.trainer().isBuiltIn()) {
      // Another plugin may use the same words, and another version may make other pairs.
      dependencies.put("trainer", recipe.owner());
      dependencies.put("steps", recipe.steps().toString());
    }
    dependencies.put("content", chain.fingerprint());
    if (scenario.validation() instanceof Validation.Separate separate) {
      try (OpenedImages images = OpenedImages.open(separate.dataset(), alike, services)) {
        dependencies.put("validation content", images.dataset().fingerprint());
      }
    }
    return Sha256.of(JsonMapper.shared().writeValueAsString(dependencies));
  }

  /** What is collected for training and for validation. */
  private record Parts(ExampleCollector training, ExampleCollector validation) {
    Parts() {
      this(new ExampleCollector(), new ExampleCollector());
    }
  }

  /**
   * Sends a sample to training or validation by a stream of its own, so that all its examples go
   * together.
   */
  private Function<Long, ExampleCollector> split(Parts parts) {
    if (scenario.validation() instanceof Validation.Every every) {
      return sample ->
          sample % every.images() == every.images() - 1 ? parts.validation() : parts.training();
    }
    Run stream = services.forTask("validation");
    double share =
        scenario.validation() instanceof Validation.Fraction fraction ? fraction.share() : 0;
    return sample ->
        stream.random(sample).nextDouble() < share ? parts.validation() : parts.training();
  }

  private TrainingExamples collected(Parts parts, DatasetRequest alike) {
    if (scenario.validation() instanceof Validation.Separate separate) {
      factory.read(separate.dataset(), alike, sample -> parts.validation());
    }
    boolean validated = !(scenario.validation() instanceof Validation.None);
    if (parts.training().size() == 0 || validated && parts.validation().size() == 0) {
      throw new BadInputException(
          "the data gives "
              + parts.training().size()
              + " training and "
              + parts.validation().size()
              + " validation examples; "
              + (validated ? "both are needed" : "there must be some")
              + ": take more samples, or check that the attack"
              + " succeeds");
    }
    Examples training = parts.training().examples();
    return new TrainingExamples(
        training, validated ? parts.validation().examples() : none(training), false);
  }

  /** Returns no examples, of the shape of others. */
  private static Examples none(Examples others) {
    return new Examples(others.inputs().select(new int[0]), others.targets().select(new int[0]));
  }
}
