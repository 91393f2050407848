package io.hone.plugins.defenses;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.run.Run;
import io.hone.plugins.defenses.Randomization.Sizes;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A classifier that sees each image resized and padded at random, keyed by its sample. */
final class Randomized extends ImageDefense {
  private final Randomization.Params parameters;
  private final Classifier base;
  private final Run run;

  Randomized(Randomization.Params parameters, Classifier base, Run run) {
    super(base);
    this.parameters = parameters;
    this.base = base;
    this.run = run;
  }

  @Override
  ImageShape transformed(ImageShape shape) {
    return parameters.back() ? shape : canvas(shape);
  }

  @Override
  ImageBatch transform(ImageBatch images) {
    ImageShape shape = images.pixels().imageShape();
    ImageShape canvas = canvas(shape);
    if (!base.accepts(transformed(shape))) {
      throw new BadInputException(
          "the defense randomization makes images of "
              + transformed(shape)
              + " of images of "
              + shape
              + ", which the model does not take; set back: true, or use a model that takes"
              + " any height and width");
    }
    Sizes sizes = Sizes.of(parameters, shape);
    Tensor padded = Tensor.images(images.size(), canvas);
    float[] image = new float[shape.features()];
    float[] place = new float[canvas.features()];
    for (int row = 0; row < images.size(); row++) {
      RandomGenerator random = run.random(images.sample(row));
      int height = between(sizes.smallest(), sizes.largest(), random);
      int width = inProportion(height, shape);
      int top = between(0, canvas.height() - height, random);
      int left = between(0, canvas.width() - width, random);
      images.pixels().readRow(row, image);
      Arrays.fill(place, 0);
      new Resizer(shape, height, width, parameters.interpolation())
          .resize(image, place, canvas, top, left);
      padded.setRow(row, place);
    }
    ImageBatch transformed = images.with(padded);
    return parameters.back() ? resized(transformed, shape) : transformed;
  }

  @Override
  ImageBatch restoreShape(ImageBatch transformed, ImageShape shape) {
    return parameters.back() ? transformed : resized(transformed, shape);
  }

  private ImageBatch resized(ImageBatch images, ImageShape shape) {
    ImageShape before = images.pixels().imageShape();
    Resizer resizer =
        new Resizer(before, shape.height(), shape.width(), parameters.interpolation());
    Tensor resized = Tensor.images(images.size(), shape);
    float[] image = new float[before.features()];
    float[] smaller = new float[shape.features()];
    for (int row = 0; row < images.size(); row++) {
      images.pixels().readRow(row, image);
      resizer.resize(image, smaller, shape, 0, 0);
      resized.setRow(row, smaller);
    }
    return images.with(resized);
  }

  private ImageShape canvas(ImageShape shape) {
    int height = Sizes.of(parameters, shape).padded();
    return new ImageShape(shape.channels(), height, inProportion(height, shape));
  }

  private static int inProportion(int height, ImageShape shape) {
    return Math.max(1, (int) Math.round((double) height * shape.width() / shape.height()));
  }

  /** Both ends are possible. From nextDouble, whose algorithm no JDK has changed. */
  private static int between(int smallest, int largest, RandomGenerator random) {
    return smallest + (int) (random.nextDouble() * (largest - smallest + 1));
  }
}
