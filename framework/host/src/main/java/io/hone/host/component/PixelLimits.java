package io.hone.host.component;

import io.hone.api.Param;
import io.hone.api.data.ImageShape;
import io.hone.api.geometry.Norm;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds sizes in pixel values that no image of [0, 1] can have: 8 where 8/255 is meant.
 *
 * <p>A feature moves by 1 at most. In L2 and L1 the limit is the largest distance of two images,
 * which is known once their shape is.
 */
public final class PixelLimits {
  private static final double LARGEST_GREY_VALUE = 255;

  private final Optional<Norm> norm;
  private final Optional<ImageShape> shape;
  private final List<Excess> found = new ArrayList<>();

  /**
   * A size beyond its limit.
   *
   * @param path of the parameter below {@code with}
   * @param problem what is wrong, and what may have been meant
   */
  public record Excess(List<String> path, String problem) {}

  private PixelLimits(Optional<Norm> norm, Optional<ImageShape> shape) {
    this.norm = norm;
    this.shape = shape;
  }

  /**
   * Returns the sizes that are beyond what is possible.
   *
   * @param effective parameters as plain values, defaults filled in
   * @param shape of the images; empty where it is not known yet, and only what no shape allows is
   *     found
   */
  public static List<Excess> exceeded(
      ComponentDescriptor component, Map<?, ?> effective, Optional<ImageShape> shape) {
    PixelLimits limits = new PixelLimits(component.norm(effective), shape);
    limits.look(component.parameters(), effective, List.of());
    return List.copyOf(limits.found);
  }

  /** Returns {@code "; did you mean 8/255 or 8px?"} where a size reads like a grey value. */
  public static String didYouMean(double size) {
    boolean greyValue = size == Math.rint(size) && size > 1 && size <= LARGEST_GREY_VALUE;
    return greyValue ? "; did you mean " + digits(size) + "/255 or " + digits(size) + "px?" : "";
  }

  private void look(List<ParameterDescriptor> parameters, Map<?, ?> values, List<String> above) {
    for (ParameterDescriptor parameter : parameters) {
      List<String> path = new ArrayList<>(above);
      path.add(parameter.name());
      look(parameter, values.get(parameter.name()), List.copyOf(path));
    }
  }

  private void look(ParameterDescriptor parameter, @Nullable Object value, List<String> path) {
    if (value instanceof List<?> list) {
      list.forEach(each -> look(parameter, each, path));
    } else if (value instanceof Map<?, ?> nested) {
      look(parameter.nested(), nested, path);
    } else if (parameter.unit() != Param.Unit.NONE && value instanceof Number number) {
      check(Math.abs(number.doubleValue()), path);
    }
  }

  private void check(double size, List<String> path) {
    boolean byFeature = norm.isEmpty() || norm.get() == Norm.LINF;
    // Infinity is only there where the component itself takes it for "no limit".
    if (!byFeature && shape.isEmpty() || Double.isInfinite(size)) {
      return;
    }
    double limit = byFeature ? 1 : norm.get().diameter(shape.get().features());
    if (size <= limit) {
      return;
    }
    String name = "'" + path.get(path.size() - 1) + "' must be at most " + digits(limit);
    found.add(
        new Excess(
            path,
            byFeature
                ? name
                    + ", not "
                    + digits(size)
                    + ": pixel values are from 0 to 1"
                    + didYouMean(size)
                : name
                    + ", not "
                    + digits(size)
                    + ": no two images of "
                    + shape.get()
                    + " are farther apart in "
                    + norm.get().name().toLowerCase(Locale.ROOT)));
  }

  private static String digits(double size) {
    BigDecimal exact = BigDecimal.valueOf(size).stripTrailingZeros();
    return exact.precision() <= 6 && exact.scale() < 12 && exact.scale() > -12
        ? exact.toPlainString()
        : String.format(Locale.ROOT, "%.6g", size);
  }
}
