package io.hone.dl4j.training;

import io.hone.api.train.Trainer;
import io.hone.testkit.ComponentContractTest;

class AdversarialTransformationNetworkTrainerContractTest
    extends ComponentContractTest<AdversarialTransformationNetworkTrainer.Params> {
  AdversarialTransformationNetworkTrainerContractTest() {
    super(new AdversarialTransformationNetworkTrainer(), Trainer.class);
  }
}
