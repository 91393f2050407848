package io.hone.dl4j.training;

import io.hone.api.data.ImageShape;
import io.hone.api.train.TrainingChoices;
import io.hone.learning.loop.Schedule;
import io.hone.learning.trainer.AdversarialTransformationNetworkTrainer;
import io.hone.learning.trainer.ImageDistance;
import io.hone.learning.trainer.PredictionDistance;
import io.hone.testkit.TestArchitectures;
import io.hone.testkit.TrainerContractTest;
import java.util.Optional;

class AdversarialTransformationNetworkTrainerContractTest
    extends TrainerContractTest<AdversarialTransformationNetworkTrainer.Params> {
  AdversarialTransformationNetworkTrainerContractTest() {
    super(new AdversarialTransformationNetworkTrainer());
  }

  @Override
  protected AdversarialTransformationNetworkTrainer.Params parameters() {
    return new AdversarialTransformationNetworkTrainer.Params(
        TestArchitectures.imageToImage("transformation"),
        0.5,
        ImageDistance.L2,
        PredictionDistance.CROSS_ENTROPY,
        AdversarialTransformationNetworkTrainer.Expected.ONE_HOT,
        1.5,
        SameDiffTraining.parameters(3, 8, 0.003, Schedule.CONSTANT, 3, false));
  }

  @Override
  protected TrainingChoices choices() {
    return SameDiffTraining.choices();
  }

  @Override
  protected Optional<ImageShape> unfit() {
    return Optional.of(new ImageShape(1, 3, 3));
  }
}
