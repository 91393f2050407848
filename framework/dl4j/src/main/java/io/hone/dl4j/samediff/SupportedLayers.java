package io.hone.dl4j.samediff;

import io.hone.network.Activated;
import io.hone.network.Layer;
import io.hone.network.Network;
import io.hone.network.Stage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells which networks SameDiff can hold: chains of the layers that are written for it. */
public final class SupportedLayers {
  private static final Set<Class<? extends Layer>> SUPPORTED =
      Set.of(
          Activated.class,
          Layer.AveragePooling.class,
          Layer.BatchNormalization.class,
          Layer.Convolution.class,
          Layer.Dense.class,
          Layer.Dropout.class,
          Layer.Flatten.class,
          Layer.MaxPooling.class,
          Layer.UpSampling.class);

  private SupportedLayers() {}

  /**
   * Checks that SameDiff can hold a network.
   *
   * @throws IllegalArgumentException if it cannot; names every layer that it cannot hold
   */
  public static void require(Network network) {
    List<Stage> others = network.stages().stream().filter(stage -> !holds(stage)).toList();
    if (!others.isEmpty()) {
      throw refusal(others);
    }
  }

  private static boolean holds(Stage stage) {
    // Statistics are means over rows, columns and images, of which features have no first two.
    boolean normalisedRow =
        stage.layer() instanceof Layer.BatchNormalization && stage.output().flat();
    return SUPPORTED.contains(stage.layer().getClass()) && !normalisedRow;
  }

  static IllegalArgumentException refusal(List<Stage> stages) {
    return new IllegalArgumentException(
        "SameDiff cannot hold "
            + stages.stream().map(SupportedLayers::words).collect(Collectors.joining(", ")));
  }

  private static String words(Stage stage) {
    String layer = stage.layer().describe();
    return stage.name() + " (" + layer + (stage.output().flat() ? ", of features)" : ")");
  }
}
