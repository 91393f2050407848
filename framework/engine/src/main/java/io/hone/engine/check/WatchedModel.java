package io.hone.engine.check;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.engine.step.SampleResult;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A model that notes what an attack asks of it and what it answers, sample by sample. */
class WatchedModel implements Classifier {
  /** An image is within the ball for all that a check tells of, if it is no farther outside. */
  private static final double SLACK = 1e-6;

  private final Classifier model;
  private final Optional<Ball> ball;
  private final Map<Long, Watched> samples = new HashMap<>();

  private WatchedModel(Classifier model, ImageBatch clean, Optional<Ball> ball) {
    this.model = model;
    this.ball = ball;
    for (int row = 0; row < clean.size(); row++) {
      samples.put(clean.sample(row), new Watched(clean.pixels().row(row), model.classes()));
    }
  }

  /**
   * Watches a model; it gives gradients if the model does.
   *
   * @param clean images of all samples that are asked about
   * @param ball that the attack must not leave, if there is one
   */
  static WatchedModel of(Classifier model, ImageBatch clean, Optional<Ball> ball) {
    return model instanceof DifferentiableClassifier differentiable
        ? new Differentiable(differentiable, clean, ball)
        : new WatchedModel(model, clean, ball);
  }

  /**
   * Returns whether the attack was shown an image within its ball that meets the goal, though the
   * image that it emitted does not.
   *
   * @param label of the sample
   */
  boolean missed(long sample, SampleResult result, int label) {
    if (!result.attempted() || result.success()) {
      return false;
    }
    Watched watched = watched(sample);
    int wanted = 0;
    for (int predicted = 0; predicted < classes(); predicted++) {
      wanted += result.wants(predicted, label) ? watched.seen(predicted) : 0;
    }
    // The framework itself asked once about the emitted image, rounded to 8 bits.
    return wanted > (result.verdict().success8bit() ? 1 : 0);
  }

  /** Returns what the attack was seen to ask about a sample. */
  final Watched watched(long sample) {
    return Objects.requireNonNull(samples.get(sample));
  }

  /** Returns whether a gradient of any kind was asked for. */
  boolean gaveGradients() {
    return false;
  }

  /** Takes in what was answered to images. */
  final void note(ImageBatch images, int[] predicted) {
    float[] image = new float[images.pixels().rowSize()];
    for (int row = 0; row < predicted.length; row++) {
      Watched watched = watched(images.sample(row));
      images.pixels().readRow(row, image);
      if (predicted[row] >= 0 && isAllowed(image, watched.clean())) {
        watched.note(predicted[row]);
      }
    }
  }

  private boolean isAllowed(float[] image, float[] clean) {
    for (float value : image) {
      if (!(value >= 0 && value <= 1)) {
        return false;
      }
    }
    return ball.isEmpty()
        || ball.get().norm().distance(image, clean) <= ball.get().radius() + SLACK;
  }

  final void note(ImageBatch images, Tensor logits) {
    int[] predicted = new int[logits.rows()];
    for (int row = 0; row < predicted.length; row++) {
      predicted[row] = logits.argmax(row);
    }
    note(images, predicted);
  }

  @Override
  public int classes() {
    return model.classes();
  }

  @Override
  public boolean accepts(ImageShape shape) {
    return model.accepts(shape);
  }

  @Override
  public Tensor logits(ImageBatch images) {
    Tensor logits = model.logits(images);
    note(images, logits);
    return logits;
  }

  @Override
  public int[] predict(ImageBatch images) {
    int[] predicted = model.predict(images);
    note(images, predicted);
    return predicted;
  }

  @Override
  public Optional<String> gradientObstacle() {
    return model.gradientObstacle();
  }

  private static final class Differentiable extends WatchedModel
      implements DifferentiableClassifier {
    private final DifferentiableClassifier model;
    private volatile boolean gaveGradients;

    Differentiable(DifferentiableClassifier model, ImageBatch clean, Optional<Ball> ball) {
      super(model, clean, ball);
      this.model = model;
    }

    @Override
    boolean gaveGradients() {
      return gaveGradients;
    }

    @Override
    public void setUp(Loss loss) {
      model.setUp(loss);
    }

    @Override
    public void setUpVjp() {
      model.setUpVjp();
    }

    @Override
    public LossGradient lossGradient(ImageBatch images, Loss loss, int[] classes) {
      gaveGradients = true;
      LossGradient answer = model.lossGradient(images, loss, classes);
      note(images, answer.logits());
      for (int row = 0; row < images.size(); row++) {
        watched(images.sample(row)).note(loss, answer.losses()[row]);
      }
      return answer;
    }

    @Override
    public Tensor vjp(ImageBatch images, Tensor cotangent) {
      gaveGradients = true;
      return model.vjp(images, cotangent);
    }
  }
}
