package io.hone.dl4j.training;

import io.hone.api.train.Trainer;
import io.hone.testkit.ComponentContractTest;

class DenoisingAutoencoderTrainerContractTest
    extends ComponentContractTest<DenoisingAutoencoderTrainer.Params> {
  DenoisingAutoencoderTrainerContractTest() {
    super(new DenoisingAutoencoderTrainer(), Trainer.class);
  }

  @Override
  protected DenoisingAutoencoderTrainer.Params parameters() {
    return new DenoisingAutoencoderTrainer.Params(
        AutoencoderArchitecture.DENOISER,
        DenoisingAutoencoderTrainer.Loss.MSE,
        1,
        8,
        0.001,
        Schedule.CONSTANT,
        1,
        false);
  }
}
