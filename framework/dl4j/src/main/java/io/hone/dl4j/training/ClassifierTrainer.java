package io.hone.dl4j.training;

import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.ImageShape;
import io.hone.api.run.Run;
import io.hone.api.train.BatchTransform;
import io.hone.api.train.Recipe;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.Trainer;
import io.hone.api.train.TrainingChoices;
import io.hone.api.train.TrainingTask;
import io.hone.dl4j.samediff.Objective;
import io.hone.learning.network.AlexNet;
import io.hone.learning.network.Architecture;
import io.hone.learning.network.LeNet5;
import io.hone.learning.network.Network;
import org.pf4j.Extension;

/** Trains an image classifier on the true classes, with cross-entropy. */
@Named(
    id = "classifier",
    summary = "Trains an image classifier with cross-entropy on the true classes.",
    references =
        "LeCun et al. 1998 (LeNet-5); Krizhevsky et al. 2012 (AlexNet); Kingma and Ba 2015 (Adam)",
    example = "{architecture: lenet5, epochs: 1, batch: 8}")
@Extension
public final class ClassifierTrainer implements Trainer<ClassifierTrainer.Params> {
  /** The architectures to choose from. */
  public enum ClassifierArchitecture {
    /** See {@link LeNet5}. */
    LENET5(new LeNet5()),
    /** See {@link AlexNet}. */
    ALEXNET(new AlexNet());

    private final Architecture architecture;

    ClassifierArchitecture(Architecture architecture) {
      this.architecture = architecture;
    }
  }

  /** How a classifier is trained. */
  public record Params(
      @Param(value = "Layers of the network.", def = "lenet5") ClassifierArchitecture architecture,
      @Param(value = "Decoupled weight decay of kernels and matrices.", def = "0", min = 0, max = 1)
          double decay,
      @Param(
              value = "Pixels by which each image is moved at most, at random in each epoch.",
              def = "0",
              min = 0)
          int shift,
      @Param(
              value =
                  "Whether every other image is mirrored left to right, at random in each epoch.",
              def = "false")
          boolean flip,
      @Param(inline = true, def = "{epochs: 30, patience: 10}") TrainingParameters training) {}

  @Override
  public Recipe recipe(Params parameters, TrainingChoices choices) {
    return Recipe.labels();
  }

  @Override
  public void prepare(Params parameters, TrainingChoices choices, ImageShape shape, int classes) {
    Networks.of(parameters.architecture().architecture, shape, classes);
  }

  @Override
  public TrainedModel train(
      Params parameters, TrainingTask task, BatchTransform transform, Run run) {
    Network network = Networks.of(parameters.architecture().architecture, task);
    TrainingPlan plan =
        parameters
            .training()
            .plan(parameters.decay(), new Augmentation(parameters.shift(), parameters.flip()));
    return new TrainingSession(
            network, new SupervisedLesson(Objective.SOFTMAX_CROSS_ENTROPY, task.classes()), plan)
        .train(task, run, parameters.training().keepSamediff());
  }
}
