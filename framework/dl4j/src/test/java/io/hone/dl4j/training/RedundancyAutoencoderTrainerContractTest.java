package io.hone.dl4j.training;

import io.hone.api.train.Trainer;
import io.hone.api.train.TrainingTarget;
import io.hone.testkit.ComponentContractTest;

class RedundancyAutoencoderTrainerContractTest
    extends ComponentContractTest<RedundancyAutoencoderTrainer.Params> {
  RedundancyAutoencoderTrainerContractTest() {
    super(new RedundancyAutoencoderTrainer(), Trainer.class);
  }

  @Override
  protected RedundancyAutoencoderTrainer.Params parameters() {
    return new RedundancyAutoencoderTrainer.Params(
        AutoencoderArchitecture.STACKED_CONV,
        TrainingTarget.Mask.GREEDY,
        6,
        true,
        1,
        8,
        0.001,
        Schedule.CONSTANT,
        0,
        1,
        false,
        false);
  }
}
