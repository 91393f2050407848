package io.hone.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.ImageShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static final ImageShape ROW = new ImageShape(1, 1, 4);
  private static final ImageShape PIXEL = new ImageShape(3, 1, 1);

  @Test
  void countsWhatDiffersOnTheEightBitGrid() {
    float[] clean = {0, 0.5f, 1, 0.2f};
    float[] changed = {0.001f, 0.6f, 0.7f, 0.2f};

    Difference difference = Difference.between(clean, changed, ROW);

    assertThat(difference.features()).isEqualTo(2);
    assertThat(difference.largest()).isEqualTo(77);
  }

  @Test
  void brighterAndDarkerHaveHuesAndNothingIsTransparent() throws IOException {
    float[] clean = {0.5f, 0.5f, 0.5f, 0.5f};
    float[] changed = {0.8f, 0.2f, 0.5f, 0.6f};

    BufferedImage map = decoded(Difference.between(clean, changed, ROW).map(76));

    assertThat(map.getRGB(0, 0)).isEqualTo(0xffd54a1f);
    assertThat(map.getRGB(1, 0)).isEqualTo(0xff2b7bd0);
    assertThat(map.getRGB(2, 0) >>> 24).isZero();
    assertThat(map.getRGB(3, 0) & 0xffffff).isEqualTo(0xd54a1f);
    assertThat(map.getRGB(3, 0) >>> 24).isBetween(56, 200);
  }

  @Test
  void theSmallestChangeIsVisibleAndTheMapDoesNotOverflow() {
    Difference least = new Difference(ROW, new int[] {1, -1, 0, 255});

    BufferedImage map = least.map(128);

    assertThat(map.getRGB(0, 0) >>> 24).isGreaterThan(40);
    assertThat(map.getRGB(1, 0) >>> 24).isGreaterThan(40);
    assertThat(map.getRGB(3, 0)).isEqualTo(0xffd54a1f);
  }

  @Test
  void aColourPixelShowsTheChannelThatChangedMost() {
    Difference difference =
        Difference.between(new float[] {0.5f, 0.5f, 0.5f}, new float[] {0.6f, 0.1f, 0.5f}, PIXEL);

    assertThat(difference.map(102).getRGB(0, 0)).isEqualTo(0xff2b7bd0);
  }

  @Test
  void imagesKeepTheirGreyValuesThroughPng() throws IOException {
    float[] features = {0, 0.3f, 0.5f, 1};

    BufferedImage image = decoded(Bitmap.of(features, Blocks.of(ROW)));

    for (int column = 0; column < 4; column++) {
      assertThat(image.getRaster().getSample(column, 0, 0))
          .isEqualTo((int) Math.floor(features[column] * 255.0 + 0.5));
    }
  }

  @Test
  void coloursKeepTheirChannels() throws IOException {
    BufferedImage image = decoded(Bitmap.of(new float[] {1, 0.2f, Float.NaN}, Blocks.of(PIXEL)));

    assertThat(image.getRGB(0, 0)).isEqualTo(0xffff3300);
  }

  @Test
  void otherNumbersOfChannelsAreShownAsTheirMean() throws IOException {
    BufferedImage image =
        decoded(Bitmap.of(new float[] {1, 0.2f}, Blocks.of(new ImageShape(2, 1, 1))));

    assertThat(image.getRaster().getSample(0, 0, 0)).isEqualTo(153);
  }

  @Test
  void largeImagesAreReducedToSquares() {
    ImageShape large = new ImageShape(1, 200, 300);
    Blocks blocks = Blocks.of(large);
    float[] clean = new float[large.features()];
    float[] changed = clean.clone();
    changed[large.feature(0, 199, 299)] = 0.9f;

    assertThat(blocks).isEqualTo(new Blocks(large, 3));
    BufferedImage image = Bitmap.of(changed, blocks);
    BufferedImage map = Difference.between(clean, changed, large).map(229);

    assertThat(image.getWidth()).isEqualTo(100);
    assertThat(image.getHeight()).isEqualTo(67);
    // The last square is cut off: it holds two rows of three pixels.
    assertThat(image.getRaster().getSample(99, 66, 0)).isEqualTo(38);
    assertThat(map.getRGB(99, 66)).isEqualTo(0xffd54a1f);
    assertThat(map.getRGB(0, 0) >>> 24).isZero();
  }

  private static BufferedImage decoded(BufferedImage image) throws IOException {
    String uri = PngEncoder.dataUri(image);
    byte[] png = Base64.getDecoder().decode(uri.substring("data:image/png;base64,".length()));
    return ImageIO.read(new ByteArrayInputStream(png));
  }
}
