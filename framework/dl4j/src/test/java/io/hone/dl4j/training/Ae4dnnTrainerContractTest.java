package io.hone.dl4j.training;

import io.hone.api.data.ImageShape;
import io.hone.api.train.TrainingChoices;
import io.hone.learning.loop.Schedule;
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
