package io.hone.onnxruntime.training;

import io.hone.api.train.TrainingChoices;
import io.hone.learning.trainer.DenoisingAutoencoderTrainer;
import io.hone.testkit.TestArchitectures;
import io.hone.testkit.TrainerContractTest;

class DenoisingAutoencoderTrainerContractTest
    extends TrainerContractTest<DenoisingAutoencoderTrainer.Params> {
  DenoisingAutoencoderTrainerContractTest() {
    super(new DenoisingAutoencoderTrainer());
  }

  @Override
  protected DenoisingAutoencoderTrainer.Params parameters() {
    return new DenoisingAutoencoderTrainer.Params(
        TestArchitectures.imageToImage("denoiser"),
        DenoisingAutoencoderTrainer.Loss.MSE,
        TrainerSamples.training());
  }

  @Override
  protected TrainingChoices choices() {
    return TrainerSamples.inShards(1);
  }
}
