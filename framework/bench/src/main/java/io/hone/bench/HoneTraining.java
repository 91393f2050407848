package io.hone.bench;

import io.hone.Hone;
import io.hone.Workbench;
import io.hone.api.data.Tensor;
import io.hone.api.train.BatchTransform;
import io.hone.api.train.Examples;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.Trainer;
import io.hone.api.train.TrainingChoices;
import io.hone.api.train.TrainingTask;
import io.hone.engine.context.Cancellation;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentKind;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.training.TrainableWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Trains with Hone's trainers, as {@code hone train} does once the examples are there.
 *
 * @param engine that computes the steps
 * @param threads that compute, each a shard of the batch
 * @param workFolder for checkpoints and models
 */
record HoneTraining(String engine, int threads, Path workFolder) implements TrainingSide {
  /** The engine of Deeplearning4j. */
  static final String DL4J = "dl4j";

  /** The usual engine. */
  static final String ONNX_RUNTIME = "onnxruntime";

  private static final long SEED = 7;
  private static final String NAME = "epoch";
  private static final String LOSS = "training_loss";

  @Override
  public String name() {
    return "Hone, " + engine;
  }

  /**
   * Trains a new network.
   *
   * @return figures whose seconds hold neither loading the engine and building its graph before,
   *     nor the export after
   */
  @Override
  public TrainingFigures train(TrainingWorkload workload, TrainingLength length)
      throws IOException {
    Path folder = Files.createTempDirectory(workFolder, NAME);
    int untimed = length.warmUp() * workload.batch();
    StopWatch watch = new StopWatch("training " + NAME, untimed);
    TrainedModel trained;
    try (Hone hone = InstalledPlugins.builder().dataFolder(folder).workFolder(folder).open();
        Workbench workbench =
            hone.workbench(new Workbench.Settings(watch, new Cancellation(), threads))) {
      BoundComponent<Trainer<Record>> trainer =
          hone.component(
              ComponentKind.TRAINER, workload.trainer(), workload.parameters(length.epochs()));
      trained =
          trainer
              .instance()
              .train(
                  trainer.parameters(),
                  task(workload, length.examples() + untimed, folder),
                  BatchTransform.none(),
                  workbench.run(SEED));
    }
    List<Map<String, Double>> history = trained.history();
    return new TrainingFigures(
        watch.seconds(),
        watch.cpuSeconds(),
        weights(trained),
        history.get(0).get(LOSS),
        history.get(history.size() - 1).get(LOSS));
  }

  private TrainingTask task(TrainingWorkload workload, int examples, Path folder) {
    Tensor none = Tensor.images(0, workload.shape());
    return new TrainingTask(
        NAME,
        SEED,
        workload.examples(examples),
        new Examples(none, workload.classes() == 0 ? none : Tensor.zeros(0, 1)),
        workload.classes(),
        Optional.empty(),
        TrainingChoices.usual().withEngine(engine).withShards(threads),
        threads,
        folder,
        false,
        folder);
  }

  private OptionalLong weights(TrainedModel trained) throws IOException {
    if (engine.equals(DL4J)) {
      // Its file has fewer numbers than it trained, because normalizations are folded there.
      return OptionalLong.empty();
    }
    OnnxModel model = OnnxModel.parse(Files.readAllBytes(trained.card().file()), NAME);
    return OptionalLong.of(
        TrainableWeights.of(model, trained.card().output().name().orElseThrow()).weights().stream()
            .mapToLong(weight -> weight.shape().elements())
            .sum());
  }
}
