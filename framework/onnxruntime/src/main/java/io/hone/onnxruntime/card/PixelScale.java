package io.hone.onnxruntime.card;

import io.hone.api.model.ModelCard.Order;
import io.hone.api.model.ModelCard.Range;
import io.hone.onnx.graph.ElementType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the first arithmetic of a graph tells of the pixels that it takes.
 *
 * @param range the values of black and white; empty if nothing tells them
 * @param reason what told the range, as it follows "its graph": {@code divides pixels by 255}
 * @param order of the channels; empty if nothing tells it
 */
record PixelScale(Optional<Range> range, String reason, Optional<Order> order) {
  /** Nothing is told. */
  static final PixelScale UNTOLD = new PixelScale(Optional.empty(), "", Optional.empty());

  /** White in images of 8, 10, 12, 14 and 16 bits. */
  private static final List<Integer> WHITES = List.of(255, 1023, 4095, 16_383, 65_535);

  /** Division by 256 instead of 255 is as clear. */
  private static final double NEAR = 0.01;

  private static final double[] IMAGENET_MEANS = {0.485, 0.456, 0.406};
  private static final double SAME_MEAN = 0.006;

  /**
   * Returns what a first affine map {@code x * factor + shift}, per channel, tells.
   *
   * @param type of the graph's input, as its file has it
   */
  static Optional<PixelScale> judge(ElementType type, Affine map) {
    return range(type, map)
        .map(told -> new PixelScale(Optional.of(told.range()), told.reason(), Optional.empty()));
  }

  private record Told(Range range, String reason) {}

  private static Optional<Told> range(ElementType type, Affine map) {
    if (type == ElementType.INT8) {
      return signed(map, 128);
    }
    if (type == ElementType.INT16 && signed(map, 32_768).isPresent()) {
      return signed(map, 32_768);
    }
    boolean whole = !type.isFloating();
    if (map.isCentred()) {
      return divided(map).or(() -> whole ? Optional.empty() : multiplied(map));
    }
    return subtracted(map, whole);
  }

  /** Signed numbers whose smallest is black. */
  private static Optional<Told> signed(Affine map, int half) {
    Range all = new Range(-half, half - 1);
    if (map.zeros(-half - 1.0, -half + 1.0)) {
      return Optional.of(new Told(all, "adds " + half + " to pixels"));
    }
    return map.zeros(-0.6, -0.4) && map.divides(half - 0.5, NEAR)
        ? Optional.of(new Told(all, "centres pixels on -0.5"))
        : Optional.empty();
  }

  private static Optional<Told> divided(Affine map) {
    for (int white : WHITES) {
      if (map.divides(white, NEAR)) {
        return Optional.of(new Told(new Range(0, white), "divides pixels by " + white));
      }
      if (map.divides(white / 2.0, NEAR)) {
        return Optional.of(new Told(new Range(0, white), "divides pixels by " + white / 2.0));
      }
    }
    return Optional.empty();
  }

  private static Optional<Told> multiplied(Affine map) {
    return map.divides(1 / 255.0, NEAR)
        ? Optional.of(new Told(Range.UNIT, "multiplies pixels by 255"))
        : Optional.empty();
  }

  private static Optional<Told> subtracted(Affine map, boolean whole) {
    if (map.zeros(20, 235)) {
      return Optional.of(
          new Told(new Range(0, 255), "subtracts means of about " + map.zero() + " from pixels"));
    }
    if (map.zeros(254, 256)) {
      return Optional.of(new Told(new Range(0, 255), "subtracts pixels from 255"));
    }
    if (map.zeros(-128.5, -127.5)) {
      return Optional.of(new Told(new Range(-128, 127), "adds 128 to pixels"));
    }
    if (map.zeros(0.3 * 65_535, 0.7 * 65_535)) {
      return Optional.of(
          new Told(
              new Range(0, 65_535), "subtracts means of about " + map.zero() + " from pixels"));
    }
    if (whole) {
      return Optional.empty();
    }
    if (map.zeros(-1.01, -0.99) && (map.divides(2, NEAR) || map.divides(2 / 255.0, NEAR))) {
      return Optional.of(new Told(new Range(-1, 1), "adds 1 to pixels"));
    }
    return map.zeros(0.02, 0.98)
        ? Optional.of(
            new Told(Range.UNIT, "subtracts means of about " + map.zero() + " from pixels"))
        : Optional.empty();
  }

  /** Returns the order of channels that the means of ImageNet tell, if they are subtracted. */
  static Optional<Order> order(Range range, Affine map) {
    if (map.channels() != IMAGENET_MEANS.length || map.isCentred()) {
      return Optional.empty();
    }
    boolean rgb = true;
    boolean bgr = true;
    for (int channel = 0; channel < IMAGENET_MEANS.length; channel++) {
      double mean = (map.zero(channel) - range.low()) / (range.high() - range.low());
      rgb &= Math.abs(mean - IMAGENET_MEANS[channel]) < SAME_MEAN;
      bgr &= Math.abs(mean - IMAGENET_MEANS[IMAGENET_MEANS.length - 1 - channel]) < SAME_MEAN;
    }
    return rgb ? Optional.of(Order.RGB) : bgr ? Optional.of(Order.BGR) : Optional.empty();
  }

  /**
   * A map {@code x * factor + shift}.
   *
   * @param factors one per channel, or one for all; none is 0
   * @param shifts likewise, as many
   */
  record Affine(double[] factors, double[] shifts) {
    static final Affine IDENTITY = new Affine(new double[] {1}, new double[] {0});

    int channels() {
      return factors.length;
    }

    /** Returns the value that becomes 0. */
    double zero(int channel) {
      return -shifts[channel] / factors[channel];
    }

    private boolean isCentred() {
      for (int channel = 0; channel < factors.length; channel++) {
        if (Math.abs(shifts[channel]) > 1e-6) {
          return false;
        }
      }
      return true;
    }

    private boolean zeros(double from, double to) {
      for (int channel = 0; channel < factors.length; channel++) {
        if (!(zero(channel) >= from && zero(channel) <= to)) {
          return false;
        }
      }
      return true;
    }

    private boolean divides(double divisor, double tolerance) {
      for (double factor : factors) {
        if (!(Math.abs(1 / factor - divisor) <= tolerance * divisor)) {
          return false;
        }
      }
      return true;
    }

    private String zero() {
      double sum = 0;
      for (int channel = 0; channel < factors.length; channel++) {
        sum += zero(channel);
      }
      return String.format(Locale.ROOT, "%.3g", sum / factors.length);
    }

    /** Returns this map followed by another; empty if they are of different channels. */
    Optional<Affine> then(double[] factor, double[] shift) {
      int count = Math.max(factors.length, Math.max(factor.length, shift.length));
      double[] product = new double[count];
      double[] sum = new double[count];
      for (int channel = 0; channel < count; channel++) {
        if (misses(factors, count) || misses(factor, count) || misses(shift, count)) {
          return Optional.empty();
        }
        product[channel] = at(factors, channel) * at(factor, channel);
        sum[channel] = at(shifts, channel) * at(factor, channel) + at(shift, channel);
        if (!(Math.abs(product[channel]) > 0 && Double.isFinite(sum[channel] / product[channel]))) {
          return Optional.empty();
        }
      }
      return Optional.of(new Affine(product, sum));
    }

    private static boolean misses(double[] numbers, int count) {
      return numbers.length != 1 && numbers.length != count;
    }

    private static double at(double[] numbers, int channel) {
      return numbers[numbers.length == 1 ? 0 : channel];
    }
  }
}
