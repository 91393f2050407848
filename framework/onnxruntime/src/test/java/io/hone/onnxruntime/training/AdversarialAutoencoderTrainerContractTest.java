package io.hone.onnxruntime.training;

import io.hone.api.train.TrainingChoices;
import io.hone.learning.trainer.AdversarialAutoencoderTrainer;
import io.hone.testkit.TestArchitectures;
import io.hone.testkit.TrainerContractTest;

class AdversarialAutoencoderTrainerContractTest
    extends TrainerContractTest<AdversarialAutoencoderTrainer.Params> {
  AdversarialAutoencoderTrainerContractTest() {
    super(new AdversarialAutoencoderTrainer());
  }

  @Override
  protected AdversarialAutoencoderTrainer.Params parameters() {
    return new AdversarialAutoencoderTrainer.Params(
        TestArchitectures.imageToImage("transformation"), 0.005, 1.5, TrainerSamples.training());
  }

  @Override
  protected TrainingChoices choices() {
    return TrainerSamples.inShards(2);
  }
}
