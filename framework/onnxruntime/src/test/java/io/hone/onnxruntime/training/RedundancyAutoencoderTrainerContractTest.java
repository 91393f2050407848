package io.hone.onnxruntime.training;

import io.hone.api.data.ImageShape;
import io.hone.api.train.TrainingChoices;
import io.hone.learning.trainer.RedundancyAutoencoderTrainer;
import io.hone.testkit.TestArchitectures;
import io.hone.testkit.TrainerContractTest;
import java.util.Optional;

class RedundancyAutoencoderTrainerContractTest
    extends TrainerContractTest<RedundancyAutoencoderTrainer.Params> {
  RedundancyAutoencoderTrainerContractTest() {
    super(new RedundancyAutoencoderTrainer());
  }

  @Override
  protected RedundancyAutoencoderTrainer.Params parameters() {
    return new RedundancyAutoencoderTrainer.Params(
        TestArchitectures.imageToImage("stacked-conv"),
        RedundancyAutoencoderTrainer.Mask.GREEDY,
        6,
        true,
        0,
        true,
        TrainerSamples.training());
  }

  @Override
  protected TrainingChoices choices() {
    return TrainerSamples.inShards(2);
  }

  @Override
  protected Optional<ImageShape> unfit() {
    return Optional.of(new ImageShape(1, 3, 3));
  }
}
