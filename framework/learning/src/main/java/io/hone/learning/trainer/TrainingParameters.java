package io.hone.learning.trainer;

import io.hone.api.Param;
import io.hone.learning.loop.Augmentation;
import io.hone.learning.loop.Schedule;
import io.hone.learning.loop.TrainingPlan;
import io.hone.onnx.training.update.Adam;
import io.hone.onnx.training.update.GradientDescent;
import io.hone.onnx.training.update.Optimizer;
import io.hone.onnx.training.update.UpdateRules;

/** The parameters that all trainers of networks share. */
public record TrainingParameters(
    @Param(value = "Passes over the training examples, at most.", def = "40", min = 1) int epochs,
    @Param(value = "Examples per step.", def = "64", min = 1) int batch,
    @Param(value = "The optimiser's step size.", def = "0.001", min = 1e-8, max = 10) double rate,
    @Param(
            value =
                "How the step size changes: with the engine onnxruntime from step to step, with"
                    + " dl4j from epoch to epoch.",
            def = "cosine")
        Schedule schedule,
    @Param(value = "How weights follow their gradients.", def = "adamw") Rule optimizer,
    @Param(
            value = "Share of the step before that sgd and nesterov keep.",
            def = "0.9",
            min = 0,
            max = 0.9999)
        double momentum,
    @Param(
            value =
                "The norm, over all weights, that larger gradients are scaled down to; 0 leaves them"
                    + " as they are.",
            def = "0",
            min = 0)
        double clip,
    @Param(
            value = "Epochs without a smaller validation loss after which training stops.",
            def = "5",
            min = 1)
        int patience,
    @Param(
            value =
                "Whether the network is also kept as SameDiff file, for the backend dl4j; takes"
                    + " engine: dl4j.",
            def = "false")
        boolean keepSamediff) {
  /** How weights follow their gradients. */
  public enum Rule {
    /** Adam (Kingma and Ba 2015), whose weight decay is part of the gradient. */
    ADAM {
      @Override
      Optimizer optimizer(float momentum) {
        return Adam.usual();
      }
    },
    /** Adam with decoupled weight decay (Loshchilov and Hutter 2019). */
    ADAMW {
      @Override
      Optimizer optimizer(float momentum) {
        return Adam.usualDecoupled();
      }
    },
    /** Stochastic gradient descent with momentum. */
    SGD {
      @Override
      Optimizer optimizer(float momentum) {
        return new GradientDescent(momentum, false);
      }
    },
    /** The same in Nesterov's form. */
    NESTEROV {
      @Override
      Optimizer optimizer(float momentum) {
        return new GradientDescent(momentum, momentum > 0);
      }
    };

    abstract Optimizer optimizer(float momentum);
  }

  /** Returns the plan of a training without weight decay, which takes examples as they are. */
  TrainingPlan plan() {
    return plan(0, Augmentation.NONE);
  }

  TrainingPlan plan(double decay, Augmentation augmentation) {
    UpdateRules rules = UpdateRules.of(optimizer.optimizer((float) momentum));
    if (decay > 0) {
      rules = rules.decaying((float) decay);
    }
    if (clip > 0) {
      rules = rules.clipped((float) clip);
    }
    return new TrainingPlan(epochs, batch, rate, schedule, rules, patience, augmentation);
  }
}
