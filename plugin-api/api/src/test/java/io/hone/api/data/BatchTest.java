package io.hone.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.geometry.Bounds;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final int[] LABELS = {3, 4};
  private static final int[] UNTARGETED = {Batch.NO_TARGET, Batch.NO_TARGET};

  private final ImageBatch images =
      new ImageBatch(
          Tensor.of(new float[] {0.2f, 0.4f, 0.6f, 0.8f}, 2, 1, 1, 2), new long[] {7, 9});
  private final Bounds around = Bounds.of(new float[] {0.5f, 0.5f}, new float[] {0.7f, 1});

  @Test
  void hasAllPixelValuesByDefault() {
    Batch batch = new Batch(images, LABELS, UNTARGETED);
    assertThat(batch.bounds(0)).isSameAs(Bounds.PIXELS);
    assertThat(batch.bounds(1)).isSameAs(Bounds.PIXELS);
  }

  @Test
  void selectedRowsKeepTheirBounds() {
    Batch batch = new Batch(images, LABELS, UNTARGETED, List.of(Bounds.PIXELS, around));
    Batch selected = batch.select(1);
    assertThat(selected.bounds(0)).isSameAs(around);
    assertThat(selected.label(0)).isEqualTo(4);
  }

  @Test
  void refusesACleanImageThatIsNotWithinItsBounds() {
    assertThatThrownBy(() -> new Batch(images, LABELS, UNTARGETED, List.of(around, around)))
        .hasMessageContaining("sample 7 is not within its bounds");
    assertThatThrownBy(() -> new Batch(images, LABELS, UNTARGETED, List.of(Bounds.PIXELS)))
        .hasMessageContaining("2 images, 1 bounds");
  }
}
