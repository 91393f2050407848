package io.hone.engine.step;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.EightBit;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A model that sees images as they will be emitted: rounded to the 8-bit grid, toward the clean
 * image of their sample.
 *
 * <p>An attack or improver that works against it finds what survives rounding, without knowing of a
 * grid. Gradients are those at the rounded image, passed on as if rounding were the identity
 * (straight through: its true derivative is 0 nearly everywhere).
 */
public class RoundingClassifier implements Classifier {
  private final Classifier model;
  private final Batch clean;
  private final Map<Long, Integer> rows = new HashMap<>();

  private RoundingClassifier(Classifier model, Batch clean) {
    this.model = model;
    this.clean = clean;
    for (int row = 0; row < clean.size(); row++) {
      rows.put(clean.sample(row), row);
    }
  }

  /** Puts the rounding before a model; the result gives gradients if the model does. */
  static Classifier before(Classifier model, Batch clean) {
    return model instanceof DifferentiableClassifier differentiable
        ? new Differentiable(differentiable, clean)
        : new RoundingClassifier(model, clean);
  }

  /** Rounds images that belong to the rows of a batch, in place. */
  public static void round(Batch clean, Tensor images) {
    for (int row = 0; row < images.rows(); row++) {
      float[] rounded = images.row(row);
      round(rounded, clean.pixels().row(row));
      images.setRow(row, rounded);
    }
  }

  /** Returns the images as the model sees them. */
  final ImageBatch rounded(ImageBatch images) {
    Tensor rounded = Tensor.zeros(images.pixels().shape());
    float[] image = new float[rounded.rowSize()];
    float[] original = new float[rounded.rowSize()];
    for (int row = 0; row < rounded.rows(); row++) {
      images.pixels().readRow(row, image);
      clean.pixels().readRow(Objects.requireNonNull(rows.get(images.sample(row))), original);
      round(image, original);
      rounded.setRow(row, image);
    }
    return images.with(rounded);
  }

  private static void round(float[] image, float[] clean) {
    for (int feature = 0; feature < image.length; feature++) {
      image[feature] = EightBit.roundToward(image[feature], clean[feature]);
    }
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
    return model.logits(rounded(images));
  }

  @Override
  public int[] predict(ImageBatch images) {
    return model.predict(rounded(images));
  }

  @Override
  public Optional<String> gradientObstacle() {
    return model.gradientObstacle();
  }

  private static final class Differentiable extends RoundingClassifier
      implements DifferentiableClassifier {
    private final DifferentiableClassifier model;

    Differentiable(DifferentiableClassifier model, Batch clean) {
      super(model, clean);
      this.model = model;
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
      return model.lossGradient(rounded(images), loss, classes);
    }

    @Override
    public Tensor vjp(ImageBatch images, Tensor cotangent) {
      return model.vjp(rounded(images), cotangent);
    }
  }
}
