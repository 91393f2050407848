package io.hone.engine.check;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.LogitLoss;
import io.hone.api.model.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The gradients of the loss that an attack descends, at the clean images and at a random point of
 * the ball around each.
 *
 * @param rows of the attack's samples
 * @param batch these samples
 * @param loss that the attack was seen to descend
 * @param points images where a gradient was asked for, one tensor for each kind of point
 * @param gradients at these images
 */
record Slopes(int[] rows, Batch batch, Loss loss, List<ImageBatch> points, List<Tensor> gradients) {
  /** The stream of the random points; that of the random images begins with others. */
  private static final String STREAM = "gradient-health";

  /** Returns the gradients, or why there are none. */
  static Optional<Slopes> of(CheckedAttack attack) {
    if (!attack.followsGradients() || !attack.watched().gaveGradients()) {
      return Optional.empty();
    }
    int[] rows = attack.own().attempted();
    Batch batch = attack.batch(attack.own(), rows);
    Loss loss =
        attack
            .watched()
            .watched(batch.sample(0))
            .loss()
            .orElseGet(() -> Loss.margin(batch.targeted(), Float.POSITIVE_INFINITY));
    List<ImageBatch> points = new ArrayList<>(List.of(batch.images()));
    if (attack.fillsBall()) {
      points.add(scattered(batch, attack.ball().orElseThrow(), attack));
    }
    DifferentiableClassifier model = attack.model().differentiable().orElseThrow();
    List<Tensor> gradients = new ArrayList<>();
    for (ImageBatch images : points) {
      gradients.add(gradients(model, images, loss, batch.goalClasses(), attack));
    }
    return Optional.of(new Slopes(rows, batch, loss, points, gradients));
  }

  private static ImageBatch scattered(Batch batch, Ball ball, CheckedAttack attack) {
    Tensor images = batch.pixels().copy();
    for (int row = 0; row < batch.size(); row++) {
      images.setRow(
          row,
          RandomSamples.point(
              batch.pixels().row(row), ball, attack.tools().random(STREAM, batch.sample(row))));
    }
    return batch.images().with(images);
  }

  private static Tensor gradients(
      DifferentiableClassifier model,
      ImageBatch images,
      Loss loss,
      int[] classes,
      CheckedAttack attack) {
    model.setUp(loss);
    Tensor gradients = Tensor.zeros(images.pixels().shape());
    attack
        .tools()
        .shards()
        .map(
            images.size(),
            (from, to) -> {
              attack.tools().services().cancellation().check();
              Tensor part =
                  model
                      .lossGradient(
                          images.rows(from, to), loss, Arrays.copyOfRange(classes, from, to))
                      .gradient();
              gradients.copyRows(from, part, 0, to - from);
              return to - from;
            })
        .forEach(attack.tools().watch()::asked);
    return gradients;
  }

  /** Returns the loss of one image by its logits, and how it depends on them. */
  LogitLoss loss(Tensor logits, int row) {
    return LogitLoss.of(loss, logits.row(row), batch.goalClasses()[row]);
  }

  /** Returns the largest slope of an image; NaN where one is not a number. */
  double steepest(int point, int row) {
    double steepest = 0;
    for (float slope : gradients.get(point).row(row)) {
      if (Float.isNaN(slope)) {
        return Double.NaN;
      }
      steepest = Math.max(steepest, Math.abs(slope));
    }
    return steepest;
  }
}
