package io.hone.training;

import io.hone.api.BadInputException;
import io.hone.api.DatasetRequest;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Output;
import io.hone.api.model.ModelReference;
import io.hone.api.model.Task;
import io.hone.api.run.Run;
import io.hone.api.train.Examples;
import io.hone.api.train.Recipe;
import io.hone.api.train.StartingModel;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.Trainer;
import io.hone.api.train.TrainingTask;
import io.hone.engine.context.RunServices;
import io.hone.engine.results.FolderLock;
import io.hone.host.component.ComponentRegistry;
import io.hone.scenario.Goal;
import io.hone.scenario.TrainingScenario;
import io.hone.scenario.card.ModelCards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

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
  private final TrainingPage page;

  /**
   * Creates a runner.
   *
   * @param workFolder for checkpoints and what is not yet finished
   * @param page writes a page about a training that tells of its epochs
   */
  public TrainingRunner(
      ComponentRegistry registry, RunServices services, Path workFolder, TrainingPage page) {
    this.registry = registry;
    this.services = services;
    this.workFolder = workFolder;
    this.page = page;
  }

  /**
   * Finds what cannot work in a training without making an example.
   *
   * @throws BadInputException naming what does not fit, and where it is in the scenario
   */
  public void validate(TrainingScenario scenario) {
    prepare(scenario).close();
  }

  /** Makes the examples that a training learns from, or finds them stored, and ends there. */
  public TrainingExamples makeExamples(TrainingScenario scenario) throws IOException {
    try (PreparedTraining prepared = prepare(scenario)) {
      return new ExampleMaker(scenario, prepared.recipe(), services).make(prepared);
    }
  }

  private PreparedTraining prepare(TrainingScenario scenario) {
    return preparation(scenario).prepare();
  }

  private TrainingPreparation preparation(TrainingScenario scenario) {
    return new TrainingPreparation(scenario, registry, services);
  }

  /**
   * Trains the model that a scenario describes. A page of its epochs, {@link
   * TrainingPage#FILE_NAME}, is beside the card, unless the trainer tells of no epoch.
   *
   * @param resume whether to go on from checkpoints of an interrupted training
   * @return the finished card, in the scenario's folder for it
   * @throws BadInputException for what is found before the first example, also that another
   *     training writes into the same folders
   */
  public ModelCard train(TrainingScenario scenario, boolean resume) throws IOException {
    TrainingPreparation preparation = preparation(scenario);
    preparation.checkOutput();
    FolderLock work = own(workFolder, "give this training another name");
    try {
      FolderLock out =
          scenario.places().placing("out", () -> own(scenario.out(), "name another folder at out"));
      try {
        return trainAlone(scenario, preparation, resume);
      } finally {
        out.close();
      }
    } finally {
      work.close();
    }
  }

  private FolderLock own(Path folder, String instead) {
    try {
      return FolderLock.acquire(folder, instead, services.listener()::notice);
    } catch (IOException e) {
      throw new BadInputException("cannot write to " + folder + ": " + e, e);
    }
  }

  private ModelCard trainAlone(
      TrainingScenario scenario, TrainingPreparation preparation, boolean resume)
      throws IOException {
    PreparedTraining prepared = preparation.prepare();
    TrainingExamples examples;
    try (prepared) {
      examples = new ExampleMaker(scenario, prepared.recipe(), services).make(prepared);
    }
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
    TrainingTask task =
        new TrainingTask(
            scenario.name(),
            scenario.seed(),
            examples.training(),
            examples.validation(),
            prepared.recipe().classifies() ? classes(examples, prepared) : 0,
            prepared.attacked(),
            prepared.choices(),
            scenario.threads(),
            checkpoints,
            resume,
            staging);
    Trainer<Record> trainer = scenario.trainer().instance();
    TrainedModel trained =
        TrainerPlaces.atKeys(
            scenario.places(),
            () -> trainer.train(scenario.trainer().parameters(), task, prepared.attacks(), run));
    ModelCards.write(staging, trained.card());
    Map<String, Object> figures = new TreeMap<>(trained.figures());
    figures.put("export_difference", compareWithExport(trained, staging, run));
    if (scenario.test().isPresent()) {
      figures.put("test_accuracy", accuracy(scenario, prepared.alike(), staging, run));
    }
    ModelCard card = withTraining(trained, scenario, prepared, examples, figures);
    ModelCards.write(staging, card);
    publish(staging, scenario.out());
    ModelCard published = ModelCards.read(scenario.out());
    if (!trained.history().isEmpty()) {
      // The model is in its place already, so that a page that cannot be written costs no model.
      page.write(published, trained.history(), scenario.out().resolve(TrainingPage.FILE_NAME));
    }
    return published;
  }

  /** Returns how many classes a network learns: those of its model, or as the examples show. */
  private static int classes(TrainingExamples examples, PreparedTraining prepared) {
    float largest = 0;
    for (Examples part : List.of(examples.training(), examples.validation())) {
      for (int row = 0; row < part.size(); row++) {
        largest = Math.max(largest, part.targets().get(row, 0));
      }
    }
    int shown = (int) largest + 1;
    Optional<ModelCard> start = prepared.choices().model().map(StartingModel::card);
    if (start.isEmpty()) {
      return shown;
    }
    int known = start.get().output().classes();
    if (shown > known) {
      throw prepared
          .recipe()
          .defect(
              "makes the target %d, but %s has the classes 0 to %d"
                  .formatted(shown - 1, start.get().name(), known - 1));
    }
    return known;
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

  private double accuracy(TrainingScenario scenario, DatasetRequest request, Path folder, Run run) {
    Classifier model = run.openClassifier(new ModelReference(folder));
    ExampleCollector examples = new ExampleCollector();
    TrainingRecipe labels = TrainingRecipe.of(scenario.trainer().descriptor(), Recipe.labels());
    new ExampleFactory(labels, new Goal.Untargeted(), services)
        .read(scenario.test().orElseThrow(), request, sample -> examples);
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
      PreparedTraining prepared,
      TrainingExamples examples,
      Map<String, Object> figures) {
    // What was used counts, where the scenario leaves it open, such as device: auto.
    Map<String, Object> training = new LinkedHashMap<>(ScenarioChoices.kept(prepared.choices()));
    training.putAll(trained.card().training());
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
        named(card.output(), prepared.alike().classNames()),
        training);
  }

  /** Adds the names of the classes, unless the trainer knew better or the data has too few. */
  private static Output named(Output output, List<String> names) {
    if (!output.classNames().isEmpty() || names.size() < output.classes()) {
      return output;
    }
    return new Output(
        output.name(), output.kind(), output.classes(), names.subList(0, output.classes()));
  }

  /**
   * Moves a finished model to its place. The card comes last, since it names the file's checksum.
   * The page of an earlier model goes first, so that no page tells of another model.
   */
  private static void publish(Path staging, Path out) throws IOException {
    Files.createDirectories(out);
    Files.deleteIfExists(out.resolve(TrainingPage.FILE_NAME));
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
