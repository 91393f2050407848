package io.hone.onnx.folding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Operators that cut, join, repeat or reorder along whole axes. */
final class AxisMoves {
  private AxisMoves() {}

  static Arrangement transpose(Arguments arguments) {
    long[] source = arguments.shape(0);
    int rank = source.length;
    long[] reversed = new long[rank];
    Arrays.setAll(reversed, axis -> rank - 1 - axis);
    long[] order = arguments.node().integers("perm").orElse(reversed);
    int[] strides = Arrangement.strides(source);
    long[] result = new long[rank];
    Arrays.setAll(result, axis -> source[(int) order[axis]]);
    return Arrangement.of(
        result,
        place -> {
          int from = 0;
          for (int axis = 0; axis < rank; axis++) {
            from += (int) place[axis] * strides[(int) order[axis]];
          }
          return from;
        });
  }

  static Arrangement expand(Arguments arguments) {
    long[] source = arguments.shape(0);
    return Arrangement.repeated(
        source, Arrangement.common(source, arguments.content(1).integers()));
  }

  static Arrangement tile(Arguments arguments) {
    long[] source = arguments.shape(0);
    long[] repeats = arguments.content(1).integers();
    int[] strides = Arrangement.strides(source);
    long[] result = new long[source.length];
    Arrays.setAll(result, axis -> Math.multiplyExact(source[axis], repeats[axis]));
    return Arrangement.of(
        result,
        place -> {
          int from = 0;
          for (int axis = 0; axis < source.length; axis++) {
            from += (int) (place[axis] % source[axis]) * strides[axis];
          }
          return from;
        });
  }

  static Arrangement slice(Arguments arguments) {
    long[] source = arguments.shape(0);
    long[] starts = arguments.list(1, "starts").orElseThrow();
    long[] ends = arguments.list(2, "ends").orElseThrow();
    int[] natural = new int[starts.length];
    Arrays.setAll(natural, axis -> axis);
    int[] axes = arguments.axes(3, "axes", source.length).orElse(natural);
    long[] ones = new long[starts.length];
    Arrays.fill(ones, 1);
    long[] given = arguments.list(4, "steps").orElse(ones);
    long[] from = new long[source.length];
    long[] steps = new long[source.length];
    Arrays.fill(steps, 1);
    long[] result = source.clone();
    for (int i = 0; i < starts.length; i++) {
      Cut cut = Cut.of(starts[i], ends[i], given[i], source[axes[i]]);
      from[axes[i]] = cut.start();
      steps[axes[i]] = cut.step();
      result[axes[i]] = cut.length();
    }
    int[] strides = Arrangement.strides(source);
    return Arrangement.of(
        result,
        place -> {
          int index = 0;
          for (int axis = 0; axis < source.length; axis++) {
            index += (int) (from[axis] + place[axis] * steps[axis]) * strides[axis];
          }
          return index;
        });
  }

  static List<Arrangement> split(Arguments arguments) {
    long[] source = arguments.shape(0);
    int axis = arguments.axis(0, source.length);
    int parts = arguments.node().outputs().size();
    long chunk = (source[axis] + parts - 1) / parts;
    Optional<long[]> told = arguments.list(1, "split");
    List<Arrangement> results = new ArrayList<>();
    long start = 0;
    for (int i = 0; i < parts; i++) {
      long size =
          told.isPresent() ? told.get()[i] : Math.max(0, Math.min(chunk, source[axis] - start));
      results.add(part(source, axis, start, size));
      start += size;
    }
    if (start != source[axis]) {
      throw new IllegalArgumentException("the parts do not add up");
    }
    return results;
  }

  private static Arrangement part(long[] source, int cut, long start, long size) {
    long[] result = source.clone();
    result[cut] = size;
    int[] strides = Arrangement.strides(source);
    return Arrangement.of(
        result,
        place -> {
          int index = (int) start * strides[cut];
          for (int axis = 0; axis < source.length; axis++) {
            index += (int) place[axis] * strides[axis];
          }
          return index;
        });
  }

  static Arrangement concat(Arguments arguments) {
    int inputs = arguments.node().inputs().size();
    long[] result = arguments.shape(0).clone();
    int joined = arguments.axis(0, result.length);
    result[joined] = 0;
    int[] owner = new int[0];
    List<Integer> first = new ArrayList<>(List.of(0));
    List<Long> start = new ArrayList<>();
    List<int[]> strides = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      long[] part = arguments.shape(i);
      long[] others = part.clone();
      others[joined] = result[joined];
      if (!Arrays.equals(others, result)) {
        throw new IllegalArgumentException("shapes do not fit");
      }
      start.add(result[joined]);
      strides.add(Arrangement.strides(part));
      first.add(first.get(i) + Content.count(part));
      result[joined] += part[joined];
      int filled = owner.length;
      owner = Arrays.copyOf(owner, Math.toIntExact(result[joined]));
      Arrays.fill(owner, filled, owner.length, i);
    }
    int[] owners = owner;
    return Arrangement.of(
        result,
        place -> {
          int input = owners[(int) place[joined]];
          int index = first.get(input) - (int) (start.get(input) * strides.get(input)[joined]);
          for (int axis = 0; axis < result.length; axis++) {
            index += (int) place[axis] * strides.get(input)[axis];
          }
          return index;
        });
  }

  static Arrangement pad(Arguments arguments) {
    if (!arguments.node().text("mode", "constant").equals("constant")
        || arguments.node().input(2).isAbsent()) {
      throw new IllegalArgumentException("pads by a rule");
    }
    long[] source = arguments.shape(0);
    int rank = source.length;
    int[] natural = new int[rank];
    Arrays.setAll(natural, axis -> axis);
    int[] axes = arguments.axes(3, "axes", rank).orElse(natural);
    long[] pads = arguments.content(1).integers();
    long[] before = new long[rank];
    long[] result = source.clone();
    for (int i = 0; i < axes.length; i++) {
      before[axes[i]] = pads[i];
      result[axes[i]] += pads[i] + pads[i + axes.length];
    }
    int[] strides = Arrangement.strides(source);
    int filling = Content.count(source);
    return Arrangement.of(
        result,
        place -> {
          int index = 0;
          for (int axis = 0; axis < rank; axis++) {
            long at = place[axis] - before[axis];
            if (at < 0 || at >= source[axis]) {
              return filling;
            }
            index += (int) at * strides[axis];
          }
          return index;
        });
  }
}
