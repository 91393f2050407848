package io.hone.plugins.datasets.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PixelsTest {
  private static Pixels decode(byte[] content) {
    ImageFile file = new ImageFile(Path.of("picture"), "picture", 0);
    return ImageDecoder.decode(file, content, FileCheck.check(file, content));
  }

  /** Returns an image's features as grey values, on which they must be exactly. */
  private static int[] fit(BufferedImage image, int channels, int height, int width) {
    float[] features =
        decode(ImageFiles.encode(image, "png"))
            .fit(new Fit(new ImageShape(channels, height, width), Optional.empty()));
    int[] values = new int[features.length];
    for (int feature = 0; feature < features.length; feature++) {
      values[feature] = Math.round(features[feature] * 255);
      assertThat(features[feature]).isEqualTo(values[feature] / 255f);
    }
    return values;
  }

  private static BufferedImage greyRow(int... values) {
    return ImageFiles.grey(1, values.length, (row, column) -> new int[] {values[column]});
  }

  @Test
  void keepsEveryStoredValue() {
    BufferedImage grey = ImageFiles.grey(16, 16, (row, column) -> new int[] {16 * row + column});
    assertThat(fit(grey, 1, 16, 16)).isEqualTo(IntStream.range(0, 256).toArray());
  }

  @Test
  void putsChannelsBeforeRowsAndColumns() {
    BufferedImage color =
        ImageFiles.color(1, 2, (row, column) -> new int[] {10 + column, 20 + column, 30 + column});
    assertThat(fit(color, 3, 1, 2)).containsExactly(10, 11, 20, 21, 30, 31);
  }

  @Test
  void turnsColorsIntoGreyAndGreyIntoColors() {
    int[][] primaries = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 255}};
    BufferedImage color = ImageFiles.color(1, 4, (row, column) -> primaries[column]);
    assertThat(fit(color, 1, 1, 4)).containsExactly(76, 150, 29, 255);
    assertThat(fit(greyRow(7, 8), 3, 1, 2)).containsExactly(7, 8, 7, 8, 7, 8);
  }

  @Test
  void readsPalettesTransparencyAndSixteenBits() {
    byte[] reds = {(byte) 200, 5};
    BufferedImage palette =
        new BufferedImage(
            2,
            1,
            BufferedImage.TYPE_BYTE_BINARY,
            new IndexColorModel(1, 2, reds, new byte[] {1, 2}, new byte[] {3, 4}));
    palette.getRaster().setSample(1, 0, 0, 1);
    assertThat(fit(palette, 3, 1, 2)).containsExactly(200, 5, 1, 2, 3, 4);

    BufferedImage transparent = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    transparent.setRGB(0, 0, 0x00_40_50_60);
    assertThat(fit(transparent, 3, 1, 1)).containsExactly(0x40, 0x50, 0x60);

    BufferedImage deep = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(1, 0, 0, 99 * 257);
    assertThat(fit(deep, 1, 1, 2)).containsExactly(0, 99);
  }

  @Test
  void enlargesBetweenPixelCenters() {
    BufferedImage step = ImageFiles.grey(2, 2, (row, column) -> new int[] {255 * column});
    assertThat(fit(step, 1, 4, 4)).startsWith(0, 64, 191, 255).endsWith(0, 64, 191, 255);
    BufferedImage turned = ImageFiles.grey(2, 2, (row, column) -> new int[] {255 * row});
    assertThat(fit(turned, 1, 4, 4))
        .startsWith(0, 0, 0, 0, 64, 64)
        .endsWith(191, 255, 255, 255, 255);
  }

  @Test
  void weighsEveryPixelWhereItShrinks() {
    // By hand: (0.75 * 0 + 0.75 * 100 + 0.25 * 200) / 1.75 and (0.25 * 100 + 0.75 * 200 + 0.75 *
    // 250) / 1.75.
    int[] values = {0, 100, 200, 250};
    BufferedImage image = ImageFiles.grey(4, 4, (row, column) -> new int[] {values[column]});
    assertThat(fit(image, 1, 2, 2)).containsExactly(71, 207, 71, 207);
    BufferedImage even = ImageFiles.grey(37, 23, (row, column) -> new int[] {141});
    assertThat(fit(even, 1, 5, 7)).containsOnly(141);
  }

  @Test
  void cutsTheCenterOfTheLongSide() {
    assertThat(fit(greyRow(1, 2, 3, 4, 5, 6), 1, 1, 2)).containsExactly(3, 4);
    assertThat(fit(greyRow(1, 2, 3, 4, 5), 1, 1, 2)).containsExactly(2, 3);
    BufferedImage tall = ImageFiles.grey(6, 2, (row, column) -> new int[] {10 * row + column});
    assertThat(fit(tall, 1, 2, 2)).containsExactly(20, 21, 30, 31);
    BufferedImage wide = ImageFiles.grey(4, 400, (row, column) -> new int[] {column / 2});
    assertThat(fit(wide, 1, 2, 2)).containsExactly(99, 100, 99, 100);
  }

  @Test
  void decodesJpeg() {
    BufferedImage even = ImageFiles.color(16, 16, (row, column) -> new int[] {200, 100, 50});
    Pixels pixels = decode(ImageFiles.encode(even, "jpg"));
    assertThat(pixels.shape()).isEqualTo(new ImageShape(3, 16, 16));
    assertThat(pixels.get(0, 8, 8) * 255).isCloseTo(200, within(3f));
    assertThat(pixels.get(1, 8, 8) * 255).isCloseTo(100, within(3f));
    assertThat(pixels.get(2, 8, 8) * 255).isCloseTo(50, within(3f));
  }

  @Test
  void refusesAJpegWhoseDataEndsEarly() {
    BufferedImage busy =
        ImageFiles.color(
            64, 64, (row, column) -> new int[] {4 * row, 4 * column, row * column % 256});
    byte[] whole = ImageFiles.encode(busy, "jpg");
    // The end marker is put back, so that only the decoder can tell.
    byte[] cut = Arrays.copyOf(whole, whole.length * 2 / 3);
    cut[cut.length - 2] = (byte) 0xff;
    cut[cut.length - 1] = (byte) 0xd9;
    assertThatThrownBy(() -> decode(cut))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("picture");
  }
}
