package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a GridSample reads along one axis of its image: places from the grid, in -1 to 1, become
 * pixels, and each place reads a few of them with weights.
 */
final class GridAxis {
  /** What ONNX and its runtimes take for the free number of cubic interpolation. */
  private static final double CUBIC = -0.75;

  private final BackwardStep step;
  private final String padding;
  private final Value size;
  private final Value last;
  private final Value start;
  private final Value range;
  private final Value scale;
  private final Value pixel;

  /**
   * Follows one axis.
   *
   * @param places what the grid tells, any shape
   * @param axis of the image
   */
  GridAxis(BackwardStep step, Value places, int axis) {
    Node node = step.node();
    this.step = step;
    this.padding = node.text("padding_mode", "zeros");
    boolean corners = node.integer("align_corners", 0) != 0;
    Value length = step.op("Squeeze", step.sizes(step.x(0), axis, axis + 1));
    this.size = step.graph().node("Cast", length).with("to", ElementType.FLOAT.code()).output();
    this.last = step.op("Sub", size, step.scalar(1));
    this.start = step.scalar(corners ? 0 : -0.5);
    this.range = corners ? last : size;
    this.scale = step.mul(range, step.scalar(0.5));
    Value middle = step.mul(last, step.scalar(0.5));
    this.pixel = step.op("Add", step.mul(places, scale), middle);
  }

  /**
   * One pixel that is read.
   *
   * @param index of the pixel, inside the image, as float
   * @param weight of the pixel; 0 where it is outside an image padded with zeros
   * @param slope of the weight along the place in the grid
   */
  record Tap(Value index, Value weight, Value slope) {}

  /** Returns the one pixel that is nearest. */
  List<Tap> nearest() {
    Value rounded = step.op("Round", pixel);
    Value inside = padding.equals("reflection") ? reflected(rounded) : rounded;
    return List.of(tap(inside, step.scalar(1), step.scalar(0)));
  }

  /** Returns the two pixels around each place. */
  List<Tap> linear() {
    Place place = padded();
    Value floor = step.op("Floor", place.pixel());
    Value part = step.op("Sub", place.pixel(), floor);
    Value slope = step.mul(scale, place.direction());
    return List.of(
        tap(floor, step.op("Sub", step.scalar(1), part), step.op("Neg", slope)),
        tap(step.op("Add", floor, step.scalar(1)), part, slope));
  }

  /** Returns the four pixels around each place; a border is repeated pixel by pixel. */
  List<Tap> cubic() {
    Place place = padding.equals("reflection") ? padded() : new Place(pixel, step.scalar(1));
    Value floor = step.op("Floor", place.pixel());
    Value part = step.op("Sub", place.pixel(), floor);
    Value slope = step.mul(scale, place.direction());
    List<Tap> taps = new ArrayList<>();
    for (int i = -1; i <= 2; i++) {
      double[] curve = curve(i);
      Value weight = polynomial(part, curve);
      double[] derived = {curve[1], 2 * curve[2], 3 * curve[3]};
      Value index = step.op("Add", floor, step.scalar(i));
      taps.add(tap(index, weight, step.mul(slope, polynomial(part, derived))));
    }
    return taps;
  }

  /** Returns the weight of the pixel {@code i} after the floor, as a polynomial of the rest. */
  private static double[] curve(int i) {
    double a = CUBIC;
    return switch (i) {
      case -1 -> new double[] {0, a, -2 * a, a};
      case 0 -> new double[] {1, 0, -(a + 3), a + 2};
      case 1 -> new double[] {0, -a, 2 * a + 3, -(a + 2)};
      default -> new double[] {0, 0, a, -a};
    };
  }

  private Value polynomial(Value x, double[] factors) {
    Value sum = step.scalar(factors[factors.length - 1]);
    for (int i = factors.length - 2; i >= 0; i--) {
      sum = step.op("Add", step.mul(sum, x), step.scalar(factors[i]));
    }
    return sum;
  }

  /**
   * A place after padding.
   *
   * @param pixel where it is
   * @param direction how it moves with the place in the grid: 1, -1 or 0
   */
  private record Place(Value pixel, Value direction) {}

  private Place padded() {
    return switch (padding) {
      case "border" -> {
        Value clipped = step.op("Clip", pixel, step.scalar(0), last);
        yield new Place(clipped, step.number(step.op("Equal", clipped, pixel)));
      }
      case "reflection" -> {
        Value folded = folded(pixel);
        Value forth = step.op("LessOrEqual", folded, range);
        Value turn = step.op("Where", forth, step.scalar(1), step.scalar(-1));
        Value side = step.op("Less", pixel, start);
        Value sign = step.op("Where", side, step.scalar(-1), step.scalar(1));
        yield new Place(reflected(pixel), step.mul(turn, sign));
      }
      default -> new Place(pixel, step.scalar(1));
    };
  }

  /** Returns how far a mirrored image is from its start, there and back. */
  private Value folded(Value pixels) {
    Value distance = step.op("Abs", step.op("Sub", pixels, start));
    Value period = step.mul(range, step.scalar(2));
    Value whole = step.op("Floor", step.op("Div", distance, period));
    return step.op("Sub", distance, step.mul(whole, period));
  }

  private Value reflected(Value pixels) {
    Value folded = folded(pixels);
    Value back = step.op("Sub", step.mul(range, step.scalar(2)), folded);
    return step.op("Add", step.op("Min", folded, back), start);
  }

  private Tap tap(Value index, Value weight, Value slope) {
    Value inside = padding.equals("reflection") ? reflected(index) : index;
    Value clipped = step.op("Clip", inside, step.scalar(0), last);
    if (!padding.equals("zeros")) {
      return new Tap(clipped, weight, slope);
    }
    Value real = step.number(step.op("Equal", clipped, index));
    return new Tap(clipped, step.mul(weight, real), step.mul(slope, real));
  }
}
