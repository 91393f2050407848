package io.hone.onnxruntime;

import io.hone.api.activation.ActivationReader;
import io.hone.api.activation.NeuronLayer;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import java.util.List;
import java.util.Optional;

/**
 * A classifier that draws random numbers, asked several times: scores, losses and gradients are
 * means over the draws, and the class is the one that most draws name.
 */
class RepeatedClassifier implements Classifier {
  /** How often the model is asked: odd, so that two classes never tie. */
  static final int DRAWS = 5;

  private final Classifier drawn;

  private RepeatedClassifier(Classifier drawn) {
    this.drawn = drawn;
  }

  /** Repeats a classifier; differentiable if that one is. */
  static Classifier of(Classifier drawn) {
    return drawn instanceof DifferentiableClassifier differentiable
        ? new WithGradient(differentiable)
        : new RepeatedClassifier(drawn);
  }

  @Override
  public int classes() {
    return drawn.classes();
  }

  @Override
  public boolean accepts(ImageShape shape) {
    return drawn.accepts(shape);
  }

  @Override
  public Optional<String> gradientObstacle() {
    return drawn.gradientObstacle();
  }

  @Override
  public List<NeuronLayer> layers(ImageShape shape) {
    return drawn.layers(shape);
  }

  @Override
  public ActivationReader openActivations(List<NeuronLayer> layers) {
    return drawn.openActivations(layers);
  }

  @Override
  public Tensor logits(ImageBatch images) {
    Tensor sum = drawn.logits(images);
    for (int draw = 1; draw < DRAWS; draw++) {
      add(sum, drawn.logits(images));
    }
    return divided(sum);
  }

  @Override
  public int[] predict(ImageBatch images) {
    int[][] votes = new int[images.size()][classes()];
    boolean[] nan = new boolean[images.size()];
    for (int draw = 0; draw < DRAWS; draw++) {
      int[] predicted = drawn.predict(images);
      for (int row = 0; row < predicted.length; row++) {
        if (predicted[row] < 0) {
          nan[row] = true;
        } else {
          votes[row][predicted[row]]++;
        }
      }
    }
    int[] classes = new int[images.size()];
    for (int row = 0; row < classes.length; row++) {
      int most = 0;
      for (int candidate = 1; candidate < votes[row].length; candidate++) {
        most = votes[row][candidate] > votes[row][most] ? candidate : most;
      }
      classes[row] = nan[row] ? -1 : most;
    }
    return classes;
  }

  @Override
  public void close() {
    drawn.close();
  }

  private static void add(Tensor sum, Tensor more) {
    for (int row = 0; row < sum.rows(); row++) {
      for (int feature = 0; feature < sum.rowSize(); feature++) {
        sum.set(row, feature, sum.get(row, feature) + more.get(row, feature));
      }
    }
  }

  private static Tensor divided(Tensor sum) {
    for (int row = 0; row < sum.rows(); row++) {
      for (int feature = 0; feature < sum.rowSize(); feature++) {
        sum.set(row, feature, sum.get(row, feature) / DRAWS);
      }
    }
    return sum;
  }

  /** Means over the draws of gradients as well. */
  private static final class WithGradient extends RepeatedClassifier
      implements DifferentiableClassifier {
    private final DifferentiableClassifier drawn;

    WithGradient(DifferentiableClassifier drawn) {
      super(drawn);
      this.drawn = drawn;
    }

    @Override
    public void setUp(Loss loss) {
      drawn.setUp(loss);
    }

    @Override
    public void setUpVjp() {
      drawn.setUpVjp();
    }

    @Override
    public LossGradient lossGradient(ImageBatch images, Loss loss, int[] classes) {
      LossGradient first = drawn.lossGradient(images, loss, classes);
      float[] losses = first.losses().clone();
      Tensor logits = first.logits();
      Tensor gradient = first.gradient();
      for (int draw = 1; draw < DRAWS; draw++) {
        LossGradient more = drawn.lossGradient(images, loss, classes);
        for (int row = 0; row < losses.length; row++) {
          losses[row] += more.losses()[row];
        }
        add(logits, more.logits());
        add(gradient, more.gradient());
      }
      for (int row = 0; row < losses.length; row++) {
        losses[row] /= DRAWS;
      }
      return new LossGradient(losses, divided(logits), divided(gradient));
    }

    @Override
    public Tensor vjp(ImageBatch images, Tensor cotangent) {
      Tensor sum = drawn.vjp(images, cotangent);
      for (int draw = 1; draw < DRAWS; draw++) {
        add(sum, drawn.vjp(images, cotangent));
      }
      return divided(sum);
    }
  }
}
