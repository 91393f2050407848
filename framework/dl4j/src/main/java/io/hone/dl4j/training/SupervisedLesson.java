package io.hone.dl4j.training;

import io.hone.dl4j.samediff.InferenceGraph;
import io.hone.dl4j.samediff.Minibatch;
import io.hone.dl4j.samediff.Objective;
import io.hone.dl4j.samediff.TrainingGraph;
import io.hone.learning.network.Network;
import io.hone.learning.network.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * To return the target of each input.
 *
 * @param objective to be made small
 * @param classes number of classes; 0 if targets are images
 */
record SupervisedLesson(Objective objective, int classes) implements Lesson {
  @Override
  public String score() {
    return "accuracy";
  }

  @Override
  public double step(TrainingGraph graph, Minibatch batch, double rate, double decay) {
    return graph.step(batch, rate, decay);
  }

  @Override
  public Examination examination(Network network, Weights weights) {
    InferenceGraph graph = new InferenceGraph(network, weights, objective);
    return batch -> {
      InferenceGraph.Measured measured = graph.measure(batch.images(), batch.targets());
      return new Grade(
          measured.loss(), classes > 0 ? right(measured.output(), batch.targets()) : 0);
    };
  }

  private static int right(INDArray logits, INDArray targets) {
    INDArray predicted = logits.argMax(1);
    INDArray wanted = targets.argMax(1);
    int right = 0;
    for (int row = 0; row < predicted.length(); row++) {
      if (predicted.getInt(row) == wanted.getInt(row)) {
        right++;
      }
    }
    return right;
  }

  @Override
  public String fingerprint() {
    return objective.toString();
  }
}
