package io.hone.dl4j.training;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.train.AttackedClassifier;
import io.hone.dl4j.samediff.ImageArrays;
import io.hone.dl4j.samediff.InferenceGraph;
import io.hone.dl4j.samediff.Minibatch;
import io.hone.dl4j.samediff.Objective;
import io.hone.dl4j.samediff.TrainingGraph;
import io.hone.dl4j.training.TransformationLoss.Cost;
import io.hone.learning.network.Network;
import io.hone.learning.network.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * To make images that a classifier takes for the wanted class.
 *
 * <p>The classifier is outside the generator's graph. Each step runs the generator, takes the
 * gradient of the whole loss to the made images from the classifier, and gives it back as a
 * constant: the sum of images times constants has the loss's gradient to every weight.
 */
final class TransformationLesson implements Lesson {
  private final TransformationLoss loss;
  private final AttackedClassifier attacked;
  private final ImageArrays arrays;

  /**
   * Creates the lesson.
   *
   * @param shape of the images
   */
  TransformationLesson(TransformationLoss loss, AttackedClassifier attacked, ImageShape shape) {
    this.loss = loss;
    this.attacked = attacked;
    this.arrays = new ImageArrays(shape);
    if (!attacked.classifier().accepts(shape)) {
      throw new BadInputException(
          "data.model: the classifier to be attacked does not take images of "
              + shape
              + "; name one that was trained on such images");
    }
  }

  @Override
  public Objective objective() {
    return Objective.GIVEN_GRADIENT;
  }

  @Override
  public int classes() {
    return attacked.classifier().classes();
  }

  @Override
  public String score() {
    return "success_rate";
  }

  @Override
  public double step(TrainingGraph graph, Minibatch batch, double rate, double decay) {
    Cost cost = cost(batch, graph.output(batch));
    Minibatch given = new Minibatch(batch.images(), arrays.array(cost.gradient()), batch.masks());
    graph.step(given, rate, decay);
    return cost.mean();
  }

  @Override
  public Examination examination(Network network, Weights weights) {
    InferenceGraph graph = new InferenceGraph(network, weights);
    return batch -> {
      Cost cost = cost(batch, graph.output(batch.images()));
      int[] wanted = wanted(batch);
      int right = 0;
      for (int row = 0; row < wanted.length; row++) {
        right += cost.predicted()[row] == wanted[row] ? 1 : 0;
      }
      return new Grade(cost.mean(), right);
    };
  }

  private Cost cost(Minibatch batch, INDArray made) {
    Tensor clean = arrays.tensor(batch.images());
    return loss.of(clean, arrays.tensor(made), wanted(batch), attacked.classifier());
  }

  private static int[] wanted(Minibatch batch) {
    return batch.targets().argMax(1).toIntVector();
  }

  @Override
  public String fingerprint() {
    return loss + " " + attacked.sha256();
  }
}
