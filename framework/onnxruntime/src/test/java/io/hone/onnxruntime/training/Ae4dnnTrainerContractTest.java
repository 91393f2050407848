package io.hone.onnxruntime.training;

import io.hone.api.train.TrainingChoices;
import io.hone.learning.trainer.Ae4dnnTrainer;
import io.hone.testkit.TestArchitectures;
import io.hone.testkit.TrainerContractTest;
import java.util.Optional;

class Ae4dnnTrainerContractTest extends TrainerContractTest<Ae4dnnTrainer.Params> {
  Ae4dnnTrainerContractTest() {
    super(new Ae4dnnTrainer());
  }

  @Override
  protected Ae4dnnTrainer.Params parameters() {
    return new Ae4dnnTrainer.Params(
        TestArchitectures.imageToImage("transformation"),
        Optional.empty(),
        Ae4dnnTrainer.ClassTerm.LINEAR,
        TrainerSamples.training());
  }

  @Override
  protected TrainingChoices choices() {
    return TrainerSamples.inShards(2);
  }
}
