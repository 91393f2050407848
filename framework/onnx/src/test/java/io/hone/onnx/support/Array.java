package io.hone.onnx.support;

import java.util.Random;
import java.util.stream.LongStream;

/** Floats and their shape. */
public record Array(float[] content, long... shape) {
  public static Array uniform(Random random, float low, float high, long... shape) {
    float[] content = new float[(int) LongStream.of(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < content.length; i++) {
      content[i] = low + (high - low) * random.nextFloat();
    }
    return new Array(content, shape);
  }

  public Array changed(int index, float by) {
    float[] copy = content.clone();
    copy[index] += by;
    return new Array(copy, shape);
  }
}
