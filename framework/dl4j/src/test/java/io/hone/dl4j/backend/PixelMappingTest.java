package io.hone.dl4j.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.Order;
import io.hone.api.model.ModelCard.Range;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PixelMappingTest {
  private static final ImageShape SHAPE = new ImageShape(3, 1, 2);

  @ParameterizedTest
  @EnumSource(Layout.class)
  void blueFirstTurnsChannelsAndTakesMeansInTheNetworksOrder(Layout layout) {
    PixelMapping mapping =
        new PixelMapping(
            new ModelCard.Input(
                Optional.empty(),
                layout,
                Order.BGR,
                3,
                Optional.of(1),
                Optional.of(2),
                new Range(0, 10),
                List.of(1f, 2f, 3f),
                List.of()));
    Tensor image = Tensor.images(1, SHAPE);
    // Two pixels: red 0.1 and 0.2, green 0.3 and 0.4, blue 0.5 and 0.6.
    image.setRow(0, new float[] {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f});
    float[] expected =
        layout == Layout.NCHW ? new float[] {4, 5, 1, 2, -2, -1} : new float[] {4, 1, -2, 5, 2, -1};
    assertThat(mapping.toNetwork(image))
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(expected);
    float[] own =
        layout == Layout.NCHW ? new float[] {5, 6, 3, 4, 1, 2} : new float[] {5, 3, 1, 6, 4, 2};
    assertThat(mapping.imagesFromNetwork(own, 1, SHAPE).row(0)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(mapping.gradientFromNetwork(own, 1, SHAPE).row(0))
        .containsExactly(10, 20, 30, 40, 50, 60);
  }
}
