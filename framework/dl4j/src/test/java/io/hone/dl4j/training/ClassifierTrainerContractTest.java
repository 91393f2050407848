package io.hone.dl4j.training;

import io.hone.api.data.ImageShape;
import io.hone.api.train.TrainingChoices;
import io.hone.learning.loop.Schedule;
import io.hone.learning.trainer.ClassifierTrainer;
import io.hone.testkit.TestArchitectures;
import io.hone.testkit.TrainerContractTest;
import java.util.Optional;

class ClassifierTrainerContractTest extends TrainerContractTest<ClassifierTrainer.Params> {
  ClassifierTrainerContractTest() {
    super(new ClassifierTrainer());
  }

  @Override
  protected ClassifierTrainer.Params parameters() {
    return SameDiffTraining.classifier(
        TestArchitectures.classifier("lenet5"),
        0.01,
        1,
        true,
        SameDiffTraining.parameters(3, 8, 0.001, Schedule.COSINE, 3, false));
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
