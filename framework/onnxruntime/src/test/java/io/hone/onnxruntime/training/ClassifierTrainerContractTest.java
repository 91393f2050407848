package io.hone.onnxruntime.training;

import io.hone.api.data.ImageShape;
import io.hone.api.train.TrainingChoices;
import io.hone.learning.trainer.AugmentationParameters;
import io.hone.learning.trainer.ClassifierParameters;
import io.hone.learning.trainer.ClassifierTrainer;
import io.hone.learning.trainer.SizeParameters;
import io.hone.learning.trainer.Statistics;
import io.hone.testkit.TestArchitectures;
import io.hone.testkit.TrainerContractTest;
import java.util.Optional;

class ClassifierTrainerContractTest extends TrainerContractTest<ClassifierTrainer.Params> {
  ClassifierTrainerContractTest() {
    super(new ClassifierTrainer());
  }

  @Override
  protected ClassifierTrainer.Params parameters() {
    return new ClassifierTrainer.Params(
        new ClassifierParameters(
            TestArchitectures.classifier("lenet5"),
            0.01,
            0.1,
            Statistics.BATCH,
            new AugmentationParameters(1, true, 10, 0.1)),
        0.01,
        SizeParameters.NONE,
        TrainerSamples.training());
  }

  @Override
  protected TrainingChoices choices() {
    return TrainerSamples.inShards(3);
  }

  @Override
  protected Optional<ImageShape> unfit() {
    return Optional.of(new ImageShape(1, 3, 3));
  }
}
