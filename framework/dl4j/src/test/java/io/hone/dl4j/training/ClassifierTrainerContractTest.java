package io.hone.dl4j.training;

import io.hone.api.train.Trainer;
import io.hone.testkit.ComponentContractTest;

class ClassifierTrainerContractTest extends ComponentContractTest<ClassifierTrainer.Params> {
  ClassifierTrainerContractTest() {
    super(new ClassifierTrainer(), Trainer.class);
  }

  @Override
  protected ClassifierTrainer.Params parameters() {
    return new ClassifierTrainer.Params(
        ClassifierTrainer.ClassifierArchitecture.LENET5,
        1,
        8,
        0.001,
        Schedule.COSINE,
        0,
        1,
        0,
        false,
        false);
  }
}
