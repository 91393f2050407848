package io.hone.onnxruntime.card;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.Range;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFormTest {
  private static final Dimension ANY = Dimension.named("any");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "N 784       |   | 784",
        "1 784 1     | 1 | 784 1",
        "N 1 784     |   | 1 784",
        "N ?         |   | 784",
        "5 28 28     | 5 | 28 28",
        "N h w       |   | 28 28",
        "1 28 28     | 1 | 28 28",
        "28 28       | 1 | 28 28",
        "784         | 1 | 784",
        "N 1 28 28   |   | 1 28 28",
        "N c h w     |   | 1 28 28",
        "N 784 1 1   |   | 784 1 1",
        "N 1 1 28 28 |   | 1 1 28 28"
      })
  void findsGreyImagesInEveryShapeThatHoldsThem(String axes, Integer batch, String sizes) {
    ImageForm form = ImageForm.of(card(1, 28, 28, Layout.NCHW), shape(axes)).orElseThrow();
    assertThat(form.fixedBatch())
        .isEqualTo(batch == null ? OptionalInt.empty() : OptionalInt.of(batch));
    assertThat(form.sizes().stream().map(String::valueOf)).containsExactly(sizes.split(" "));
  }

  @ParameterizedTest
  @CsvSource({"3 32 32,NCHW", "N 3 1024,NCHW", "N 3072,NCHW", "32 32 3,NHWC", "N 1024 3,NHWC"})
  void findsColourImages(String axes, Layout layout) {
    assertThat(ImageForm.of(card(3, 32, 32, layout), shape(axes))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"N 14 56", "N 785", "N 28", "N 3 28 28", "N 28 28 1 2", "N 56 14", "2 2 28 28"})
  void refusesAxesThatWouldMixRows(String axes) {
    assertThat(ImageForm.of(card(1, 28, 28, Layout.NCHW), shape(axes))).isEmpty();
  }

  @Test
  void takesImagesOfAnySizeWithOrWithoutTheGreyChannel() {
    ModelCard.Input any = card(1, null, null, Layout.NCHW);
    assertThat(ImageForm.of(any, shape("N h w")).orElseThrow().sizes()).containsExactly(-1L, -1L);
    assertThat(ImageForm.of(any, shape("N 1 h w")).orElseThrow().isDirect()).isTrue();
    assertThat(ImageForm.of(any, shape("N 784"))).isEmpty();
    assertThat(ImageForm.of(any, shape("N 28 28"))).isEmpty();
    assertThat(ImageForm.of(card(3, null, null, Layout.NCHW), shape("N h w"))).isEmpty();
    assertThat(ImageForm.of(card(1, 28, null, Layout.NCHW), shape("N h w")).orElseThrow().sizes())
        .containsExactly(28L, -1L);
  }

  @Test
  void takesAnUndeclaredShapeForFourAxes() {
    ImageForm form = ImageForm.of(card(3, 8, 9, Layout.NHWC), Optional.empty()).orElseThrow();
    assertThat(form.isDirect()).isTrue();
    assertThat(form.image()).containsExactly(Dimension.of(8), Dimension.of(9), Dimension.of(3));
    assertThat(form.fixedBatch()).isEmpty();
  }

  @Test
  void anImageOfOnePixelFitsAxesOfOne() {
    assertThat(ImageForm.of(card(1, 1, 1, Layout.NCHW), shape("N 1 1")).orElseThrow().sizes())
        .containsExactly(1L, 1L);
    assertThat(ImageForm.of(card(1, 1, 1, Layout.NCHW), shape("N ?")).orElseThrow().sizes())
        .containsExactly(1L);
  }

  private static Optional<Shape> shape(String axes) {
    return Optional.of(
        new Shape(
            List.of(axes.split(" ")).stream()
                .map(axis -> axis.matches("\\d+") ? Dimension.of(Long.parseLong(axis)) : ANY)
                .toList()));
  }

  private static ModelCard.Input card(int channels, Integer height, Integer width, Layout layout) {
    return new ModelCard.Input(
        Optional.empty(),
        layout,
        channels,
        Optional.ofNullable(height),
        Optional.ofNullable(width),
        Range.UNIT,
        List.of(),
        List.of());
  }
}
