package io.hone.plugins.improvers;

import io.hone.api.data.ImageShape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Algorithm 1 written down line by line, for one image, with lists and copies: slow and obvious.
 */
final class LiteralGreedy {
  private final ImageShape shape;
  private final ToIntFunction<float[]> model;
  private int queries;

  LiteralGreedy(ImageShape shape, ToIntFunction<float[]> model) {
    this.shape = shape;
    this.model = model;
  }

  int queries() {
    return queries;
  }

  float[] improve(float[] adversarial, float[] clean, int firstStep) {
    float[] image = adversarial.clone();
    int label = predict(image);
    image = restored(image, clean, vanishing(image, clean), label);
    int step = firstStep;
    while (step > 0) {
      List<Integer> features = adversarialFeatures(image, clean);
      for (int start = 0; start < features.size(); start += step) {
        int end = Math.min(features.size(), start + step);
        image = restored(image, clean, features.subList(start, end), label);
      }
      step = step / 2;
    }
    return image;
  }

  private float[] restored(float[] image, float[] clean, List<Integer> features, int label) {
    if (features.isEmpty()) {
      return image;
    }
    float[] candidate = image.clone();
    for (int feature : features) {
      candidate[feature] = clean[feature];
    }
    return predict(candidate) == label ? candidate : image;
  }

  private List<Integer> adversarialFeatures(float[] image, float[] clean) {
    List<Integer> features = new ArrayList<>();
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        for (int channel = 0; channel < shape.channels(); channel++) {
          int feature = shape.feature(channel, row, column);
          if (image[feature] != clean[feature]) {
            features.add(feature);
          }
        }
      }
    }
    return features;
  }

  private List<Integer> vanishing(float[] image, float[] clean) {
    return adversarialFeatures(image, clean).stream()
        .filter(feature -> eightBits(image[feature]) == eightBits(clean[feature]))
        .toList();
  }

  private static int eightBits(float value) {
    return (int) Math.floor((double) value * 255 + 0.5);
  }

  private int predict(float[] image) {
    queries++;
    return model.applyAsInt(image);
  }
}
