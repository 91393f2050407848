package io.hone.core.training;

import io.hone.api.component.BadInputException;
import io.hone.api.data.ImageBatch;
import io.hone.api.improve.Improver;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelReference;
import io.hone.api.model.Task;
import io.hone.api.run.Run;
import io.hone.api.tensor.Tensor;
import io.hone.api.train.AttackedClassifier;
import io.hone.api.train.Examples;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.TrainingTarget;
import io.hone.api.train.TrainingTarget.Mask;
import io.hone.api.train.TrainingTarget.Redundancy;
import io.hone.api.train.TrainingTarget.TrueClass;
import io.hone.api.train.TrainingTask;
import io.hone.core.binding.ComponentParameters;
import io.hone.core.component.ComponentKind;
import io.hone.core.component.ComponentRegistry;
import io.hone.core.component.InstalledComponent;
import io.hone.core.engine.ChainRunner;
import io.hone.core.engine.RunServices;
import io.hone.core.model.ModelCards;
import io.hone.core.model.Sha256;
import io.hone.core.scenario.DatasetChoice;
import io.hone.core.scenario.Goal;
import io.hone.core.scenario.Scenario;
import io.hone.core.scenario.Step;
import io.hone.core.scenario.StepAction;
import io.hone.core.scenario.TrainingScenario;
import io.hone.core.scenario.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trains a model: makes its examples, has it trained and exported, checks the exported file against
 * the trained network, measures it, and puts it with its card where the scenario says.
 */
public final class TrainingRunner {
  /** How far an exported model may differ from the trained network. */
  private static final double EXPORT_TOLERANCE = 1e-4;

  private static final int EVALUATION_BATCH = 256;

  private final ComponentRegistry registry;
  private final RunServices services;
  private final Path workFolder;

  /**
   * Creates a runner.
   *
   * @param workFolder for checkpoints and what is not yet finished
   */
  public TrainingRunner(ComponentRegistry registry, RunServices services, Path workFolder) {
    this.registry = registry;
    this.services = services;
    this.workFolder = workFolder;
  }

  /**
   * Trains the model that a scenario describes.
   *
   * @param resume whether to go on from checkpoints of an interrupted training
   * @return the finished card, in the scenario's folder for it
   */
  public ModelCard train(TrainingScenario scenario, boolean resume) throws IOException {
    TrainingTarget target = scenario.trainer().instance().target(scenario.trainer().parameters());
    checkOutput(scenario.out());
    Optional<AttackedClassifier> attacked = AttackedModel.of(scenario, target, services);
    TrainingExamples examples = examples(scenario, target);
    Path checkpoints = workFolder.resolve("checkpoints");
    if (!resume) {
      deleteFiles(checkpoints);
    }
    Files.createDirectories(checkpoints);
    Path staging = Files.createDirectories(workFolder.resolve("model"));
    deleteFiles(staging);
    Run run = services.forTask("train");
    run.notice(
        "training on "
            + examples.training().size()
            + " examples, validating on "
            + examples.validation().size());
    TrainedModel trained =
        scenario
            .trainer()
            .instance()
            .train(
                scenario.trainer().parameters(),
                new TrainingTask(
                    scenario.name(),
                    scenario.seed(),
                    examples.training(),
                    examples.validation(),
                    classes(target, examples),
                    attacked,
                    checkpoints,
                    resume,
                    staging),
                run);
    ModelCards.write(staging, trained.card());
    Map<String, Object> figures = new TreeMap<>(trained.figures());
    figures.put("export_difference", compareWithExport(trained, staging, run));
    if (scenario.test().isPresent()) {
      figures.put("test_accuracy", accuracy(scenario.test().get(), staging, run));
    }
    ModelCard card = withTraining(trained, scenario, examples, figures);
    ModelCards.write(staging, card);
    publish(staging, scenario.out());
    return ModelCards.read(scenario.out());
  }

  private static void checkOutput(Path out) {
    Path present = out;
    while (present != null && !Files.exists(present)) {
      present = present.getParent();
    }
    if (present == null || !Files.isDirectory(present) || !Files.isWritable(present)) {
      throw new BadInputException("out: cannot write a model to " + out);
    }
  }

  private static int classes(TrainingTarget target, TrainingExamples examples) {
    if (!(target instanceof TrueClass)) {
      return 0;
    }
    float largest = 0;
    for (Examples part : List.of(examples.training(), examples.validation())) {
      for (int row = 0; row < part.size(); row++) {
        largest = Math.max(largest, part.targets().get(row, 0));
      }
    }
    return (int) largest + 1;
  }

  private TrainingExamples examples(TrainingScenario scenario, TrainingTarget target)
      throws IOException {
    ExampleFactory factory = new ExampleFactory(target, scenario.data().goal(), services);
    ExampleCollector training = new ExampleCollector();
    ExampleCollector validation = new ExampleCollector();
    Function<Long, ExampleCollector> split = split(scenario, training, validation);
    TrainingExamples made;
    if (scenario.data().model().isEmpty()) {
      factory.read(scenario.data().dataset(), split);
      made = collected(training, validation, scenario, factory);
    } else {
      made = chained(scenario, target, factory, split, training, validation);
    }
    return made;
  }

  private TrainingExamples chained(
      TrainingScenario scenario,
      TrainingTarget target,
      ExampleFactory factory,
      Function<Long, ExampleCollector> split,
      ExampleCollector training,
      ExampleCollector validation)
      throws IOException {
    try (ChainRunner chain = new ChainRunner(chain(scenario, target), services)) {
      ExampleStore store = new ExampleStore(services.dataFolder().resolve("training-pairs"));
      String key = key(scenario, target, chain);
      var stored = store.find(key);
      if (stored.isPresent()) {
        services.listener().notice("training pairs found in the cache: " + key);
        return stored.get();
      }
      factory.run(chain, split);
      TrainingExamples made = collected(training, validation, scenario, factory);
      store.put(key, made);
      return made;
    }
  }

  private static String key(TrainingScenario scenario, TrainingTarget target, ChainRunner chain) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("data", scenario.effective().get("data"));
    parts.put("validation", scenario.effective().get("validation"));
    parts.put("seed", scenario.seed());
    parts.put("target", target.toString());
    parts.put("content", chain.fingerprint());
    return Sha256.of(JsonMapper.shared().writeValueAsString(parts));
  }

  /**
   * Sends a sample to training or validation by a stream of its own, so that all its examples go
   * together.
   */
  private Function<Long, ExampleCollector> split(
      TrainingScenario scenario, ExampleCollector training, ExampleCollector validation) {
    if (scenario.validation() instanceof Validation.Every every) {
      return sample -> sample % every.images() == every.images() - 1 ? validation : training;
    }
    Run stream = services.forTask("validation");
    double share =
        scenario.validation() instanceof Validation.Fraction fraction ? fraction.share() : 0;
    return sample -> stream.random(sample).nextDouble() < share ? validation : training;
  }

  private TrainingExamples collected(
      ExampleCollector training,
      ExampleCollector validation,
      TrainingScenario scenario,
      ExampleFactory factory) {
    if (scenario.validation() instanceof Validation.Separate separate) {
      factory.read(separate.dataset(), sample -> validation);
    }
    if (training.size() == 0 || validation.size() == 0) {
      throw new BadInputException(
          "the data gives "
              + training.size()
              + " training and "
              + validation.size()
              + " validation examples; both are needed: take more samples, or check that the attack"
              + " succeeds");
    }
    return new TrainingExamples(training.examples(), validation.examples());
  }

  /** Returns the scenario whose steps make the pairs; a greedy mask adds the greedy step. */
  private Scenario chain(TrainingScenario scenario, TrainingTarget target) {
    List<Step> steps = new ArrayList<>(scenario.data().steps());
    if (target instanceof Redundancy redundancy) {
      if (steps.isEmpty()) {
        throw new BadInputException(
            "data.steps: a redundancy autoencoder learns from adversarial examples; add an attack");
      }
      if (redundancy.mask() == Mask.GREEDY) {
        steps.add(greedy(steps.get(steps.size() - 1), redundancy.step()));
      }
    }
    return new Scenario(
        scenario.name(),
        scenario.seed(),
        scenario.data().dataset().provider(),
        scenario.data().dataset().take(),
        scenario.data().model().orElseThrow(),
        scenario.batch(),
        scenario.threads(),
        steps,
        List.of(),
        Scenario.Save.NONE,
        List.of(),
        scenario.effective(),
        scenario.places());
  }

  private Step greedy(Step examples, int step) {
    InstalledComponent<Improver<Record>> improver =
        registry
            .<Improver<Record>>find(ComponentKind.IMPROVER, "greedy")
            .orElseThrow(
                () ->
                    new BadInputException(
                        "mask: greedy needs the improver greedy, which no plugin brings"));
    return new Step(
        "greedy-mask",
        "greedy-mask",
        examples.name(),
        Map.of(),
        new StepAction.ImproveWith(ComponentParameters.bind(improver, "{step: " + step + "}")),
        new Goal.Untargeted(),
        OptionalLong.empty(),
        false,
        false);
  }

  private double compareWithExport(TrainedModel trained, Path folder, Run run) {
    ModelReference reference = new ModelReference(folder);
    Tensor outputs;
    if (trained.card().task() == Task.CLASSIFIER) {
      outputs =
          run.openClassifier(reference)
              .logits(
                  new ImageBatch(trained.probeInputs(), new long[trained.probeInputs().rows()]));
    } else {
      outputs = run.openImageTransformer(reference).transform(trained.probeInputs());
    }
    double largest = 0;
    for (int row = 0; row < outputs.rows(); row++) {
      for (int feature = 0; feature < outputs.rowSize(); feature++) {
        double difference =
            Math.abs(outputs.get(row, feature) - trained.probeOutputs().get(row, feature));
        largest = Double.isNaN(difference) ? Double.NaN : Math.max(largest, difference);
      }
    }
    if (!(largest <= EXPORT_TOLERANCE)) {
      throw new IllegalStateException(
          "the exported model differs from the trained network by "
              + largest
              + ", more than "
              + EXPORT_TOLERANCE
              + "; it was not published");
    }
    return largest;
  }

  private double accuracy(DatasetChoice test, Path folder, Run run) {
    Classifier model = run.openClassifier(new ModelReference(folder));
    ExampleCollector examples = new ExampleCollector();
    new ExampleFactory(new TrueClass(), new Goal.Untargeted(), services)
        .read(test, sample -> examples);
    Examples all = examples.examples();
    int correct = 0;
    for (int from = 0; from < all.size(); from += EVALUATION_BATCH) {
      int to = Math.min(from + EVALUATION_BATCH, all.size());
      int[] predictions =
          model.predict(new ImageBatch(all.inputs().rows(from, to), new long[to - from]));
      for (int row = from; row < to; row++) {
        if (predictions[row - from] == (int) all.targets().get(row, 0)) {
          correct++;
        }
      }
    }
    return (double) correct / all.size();
  }

  private static ModelCard withTraining(
      TrainedModel trained,
      TrainingScenario scenario,
      TrainingExamples examples,
      Map<String, Object> figures) {
    Map<String, Object> training = new LinkedHashMap<>(trained.card().training());
    training.put("component", scenario.trainer().descriptor().id());
    training.put("parameters", scenario.trainer().effective());
    training.put("scenario", scenario.name());
    training.put("seed", scenario.seed());
    training.put("data", scenario.effective().get("data"));
    training.put("training_examples", examples.training().size());
    training.put("validation_examples", examples.validation().size());
    training.put("layers", trained.layers());
    training.put("figures", figures);
    ModelCard card = trained.card();
    return new ModelCard(
        card.name(),
        card.file(),
        card.sha256(),
        card.task(),
        card.input(),
        card.output(),
        training);
  }

  /**
   * Moves a finished model to its place; the card comes last, since it names the file's checksum.
   */
  private static void publish(Path staging, Path out) throws IOException {
    Files.createDirectories(out);
    try (Stream<Path> files = Files.list(staging)) {
      for (Path file : files.filter(path -> !path.endsWith(ModelCards.FILE_NAME)).toList()) {
        Files.copy(file, out.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.copy(
        staging.resolve(ModelCards.FILE_NAME),
        out.resolve(ModelCards.FILE_NAME),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void deleteFiles(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (Files.isRegularFile(file)) {
          Files.delete(file);
        }
      }
    }
  }
}
