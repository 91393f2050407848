package io.hone.learning.network.architecture;

import io.hone.api.data.ImageShape;
import io.hone.network.Activated;
import io.hone.network.Activation;
import io.hone.network.Chain;
import io.hone.network.KernelStart;
import io.hone.network.Layer;
import io.hone.network.Padding;
import java.util.ArrayList;
import java.util.List;

/**
 * A small network after Simonyan and Zisserman (2015) for images of 32 x 32: six 3x3 convolutions
 * of 32, 64 and 128 filters, pooled after each pair, and one dense layer.
 *
 * <p>Batch normalization is between each convolution and its ReLU, so the convolutions have no
 * bias. Images have at least 8 rows and columns.
 */
public final class SmallVgg implements Chain {
  private static final float EPSILON = 1e-5f;

  @Override
  public List<Layer> layers(ImageShape input, int classes) {
    List<Layer> layers = new ArrayList<>();
    for (int filters : new int[] {32, 64, 128}) {
      layers.addAll(convolution(filters));
      layers.addAll(convolution(filters));
      layers.add(new Layer.MaxPooling(2));
    }
    layers.add(new Layer.Flatten());
    layers.add(new Layer.Dense(classes, Activation.NONE));
    return layers;
  }

  private static List<Layer> convolution(int filters) {
    return List.of(
        new Layer.Convolution(filters, 3, 1, Padding.SAME, Activation.NONE)
            .withoutBias()
            .startingWith(KernelStart.HE_UNIFORM),
        new Layer.BatchNormalization(EPSILON),
        new Activated(Activation.RELU));
  }
}
