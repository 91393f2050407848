package io.hone.plugins.improvers.order;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.plugins.improvers.search.Questions;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The units in which an example differs from its clean image, and their order of importance. */
public final class Ranking {
  private final Order order;
  private final Supplier<RandomGenerator> random;
  private final float[] clean;
  private final float[] change;
  private final int pixels;
  private final int features;
  private final int[] units;
  private float[][] gradients = {};

  /**
   * Lists the units in which an example differs from its clean image.
   *
   * @param row of the sample in both
   * @param unit features, or all channels of a pixel together
   */
  public Ranking(Batch clean, Tensor adversarial, int row, Order order, Unit unit, Run run) {
    ImageShape shape = adversarial.imageShape();
    this.order = order;
    random = () -> run.random(clean.sample(row));
    this.clean = clean.pixels().row(row);
    pixels = shape.pixels();
    features = unit == Unit.PIXEL ? shape.channels() : 1;
    change = adversarial.row(row);
    for (int feature = 0; feature < change.length; feature++) {
      change[feature] -= this.clean[feature];
    }
    units = differing(shape.channels() / features, adversarial.row(row));
  }

  /** Returns the first feature of each unit that differs: row, column, channel. */
  private int[] differing(int parts, float[] adversarial) {
    int[] found = new int[pixels * parts];
    int count = 0;
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int part = 0; part < parts; part++) {
        int unit = part * pixels + pixel;
        if (differs(unit, adversarial)) {
          found[count++] = unit;
        }
      }
    }
    return Arrays.copyOf(found, count);
  }

  private boolean differs(int unit, float[] adversarial) {
    for (int part = 0; part < features; part++) {
      int feature = unit + part * pixels;
      if (adversarial[feature] != clean[feature]) {
        return true;
      }
    }
    return false;
  }

  /** Returns the number of units that differ. */
  public int size() {
    return units.length;
  }

  /**
   * Takes in gradients.
   *
   * @param memory weight of the gradients known before, in [0, 1)
   */
  public void learn(float[][] measured, double memory) {
    if (gradients.length > 0 && memory > 0) {
      for (int which = 0; which < measured.length; which++) {
        mix(measured[which], gradients[which], memory);
      }
    }
    gradients = measured;
  }

  private static void mix(float[] into, float[] before, double memory) {
    for (int feature = 0; feature < into.length; feature++) {
      into[feature] = (float) (memory * before[feature] + (1 - memory) * into[feature]);
    }
  }

  /** Returns the units in ascending order of importance, those without a number last. */
  public int[] ascending() {
    IntToDoubleFunction importance = order.importance(change, gradients, random);
    long[] keys = new long[units.length];
    for (int index = 0; index < units.length; index++) {
      keys[index] = (long) sortable(sum(importance, units[index])) << Integer.SIZE | index;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> units[(int) key]).toArray();
  }

  private float sum(IntToDoubleFunction importance, int unit) {
    double sum = 0;
    for (int part = 0; part < features; part++) {
      sum += importance.applyAsDouble(unit + part * pixels);
    }
    return (float) sum;
  }

  /** Returns whole numbers in the order of floats: both zeros equal, NaN last. */
  private static int sortable(float value) {
    int bits = Float.floatToIntBits(value + 0f);
    return bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
  }

  /** Sets a unit of an image that is asked about to its clean values. */
  public void restore(Questions questions, int question, int unit) {
    for (int part = 0; part < features; part++) {
      int feature = unit + part * pixels;
      questions.set(question, feature, clean[feature]);
    }
  }
}
