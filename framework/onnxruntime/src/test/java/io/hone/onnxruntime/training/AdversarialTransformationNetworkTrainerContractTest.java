package io.hone.onnxruntime.training;

import io.hone.api.train.TrainingChoices;
import io.hone.learning.trainer.AdversarialTransformationNetworkTrainer;
import io.hone.learning.trainer.ImageDistance;
import io.hone.learning.trainer.PredictionDistance;
import io.hone.testkit.TestArchitectures;
import io.hone.testkit.TrainerContractTest;

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
        TrainerSamples.training());
  }

  @Override
  protected TrainingChoices choices() {
    return TrainerSamples.inShards(2);
  }
}
