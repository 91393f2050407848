package io.hone.onnxruntime.training;

import io.hone.api.data.ImageShape;
import io.hone.api.train.ComponentUse;
import io.hone.api.train.TrainingChoices;
import io.hone.learning.trainer.AdversarialTrainer;
import io.hone.learning.trainer.AugmentationParameters;
import io.hone.learning.trainer.ClassifierParameters;
import io.hone.learning.trainer.Statistics;
import io.hone.testkit.TestArchitectures;
import io.hone.testkit.TrainerContractTest;
import java.util.Map;
import java.util.Optional;

class AdversarialTrainerContractTest extends TrainerContractTest<AdversarialTrainer.Params> {
  AdversarialTrainerContractTest() {
    super(new AdversarialTrainer());
  }

  @Override
  protected AdversarialTrainer.Params parameters() {
    return new AdversarialTrainer.Params(
        new ClassifierParameters(
            TestArchitectures.classifier("lenet5"),
            0.01,
            0,
            Statistics.BATCH,
            AugmentationParameters.NONE),
        AdversarialTrainer.Loss.CROSS_ENTROPY,
        6,
        0.25,
        1,
        TrainerSamples.training());
  }

  @Override
  protected TrainingChoices choices() {
    return TrainerSamples.inShards(2)
        .withAttack(ComponentUse.attack("fgsm", Map.of("epsilon", 0.1)));
  }

  @Override
  protected Optional<ImageShape> unfit() {
    return Optional.of(new ImageShape(1, 3, 3));
  }
}
