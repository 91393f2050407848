package io.hone.bench;

import io.hone.Hone;
import io.hone.Workbench;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.train.BatchTransform;
import io.hone.api.train.Examples;
import io.hone.api.train.Trainer;
import io.hone.api.train.TrainingChoices;
import io.hone.api.train.TrainingTask;
import io.hone.bench.network.Digits;
import io.hone.bench.network.LeNet5;
import io.hone.engine.context.Cancellation;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Trains the paper's redundancy autoencoder (Table 2) for one epoch with Hone's trainer, and takes
 * its time.
 *
 * <p>Images are noise and masks too: how long a step takes does not depend on them.
 */
final class HoneEpoch {
  /** Examples of one step, as the shipped autoencoders were trained. */
  static final int BATCH = 64;

  private static final ImageShape SHAPE = new ImageShape(1, LeNet5.SIDE, LeNet5.SIDE);
  private static final long SEED = 7;
  private static final String NAME = "epoch";
  private static final String TRAINER = "redundancy-autoencoder";

  private final Path workFolder;

  /**
   * Creates the training.
   *
   * @param workFolder for its checkpoints and its model
   */
  HoneEpoch(Path workFolder) {
    this.workFolder = workFolder;
  }

  /**
   * Trains a new network.
   *
   * @return seconds from the first batch gathered to the last one learned; neither loading nd4j and
   *     building the graph before, nor the export after
   */
  double run(int count) throws IOException {
    Path folder = Files.createTempDirectory(workFolder, NAME);
    StopWatch watch = new StopWatch("training " + NAME);
    try (Hone hone = InstalledPlugins.builder().dataFolder(folder).workFolder(folder).open();
        Workbench workbench =
            hone.workbench(new Workbench.Settings(watch, new Cancellation(), Digits.THREADS))) {
      BoundComponent<Trainer<Record>> trainer =
          hone.component(ComponentKind.TRAINER, TRAINER, Map.of("epochs", 1, "batch", BATCH));
      trainer
          .instance()
          .train(
              trainer.parameters(),
              task(count, folder),
              BatchTransform.none(),
              workbench.run(SEED));
    }
    return watch.seconds();
  }

  private static TrainingTask task(int count, Path folder) {
    return new TrainingTask(
        NAME,
        SEED,
        new Examples(Digits.random(count, SEED), masks(count)),
        new Examples(Tensor.images(0, SHAPE), Tensor.images(0, SHAPE)),
        0,
        Optional.empty(),
        TrainingChoices.usual(),
        Digits.THREADS,
        folder,
        false,
        folder);
  }

  private static Tensor masks(int count) {
    Tensor masks = Digits.random(count, SEED + 1);
    for (int row = 0; row < count; row++) {
      for (int feature = 0; feature < masks.rowSize(); feature++) {
        masks.set(row, feature, Math.round(masks.get(row, feature)));
      }
    }
    return masks;
  }
}
