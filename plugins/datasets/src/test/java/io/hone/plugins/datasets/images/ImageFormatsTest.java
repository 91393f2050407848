package io.hone.plugins.datasets.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.BadInputException;
import io.hone.api.DatasetRequest;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.testkit.TestRun;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFormatsTest {
  private static final BufferedImage COLOR =
      ImageFiles.color(4, 5, (row, column) -> new int[] {40 * row, 50 * column, 200});

  @TempDir Path folder;
  private final TestRun run = new TestRun(7);

  private static Pixels decode(byte[] content) {
    ImageFile file = new ImageFile(Path.of("picture"), "picture", 0);
    return ImageDecoder.decode(file, content, FileCheck.check(file, content));
  }

  private Dataset open(DatasetRequest request, Integer size, Integer resize, Integer channels) {
    return new ImageFolder()
        .open(
            new ImageFolder.Params(
                folder,
                Labels.PREDICTED,
                List.of(),
                Optional.empty(),
                Optional.ofNullable(size),
                Optional.ofNullable(size),
                Optional.ofNullable(resize),
                Optional.ofNullable(channels)),
            request,
            run);
  }

  private ImageShape shape(DatasetRequest request) {
    try (Dataset dataset = open(request, null, null, null)) {
      return dataset.shape();
    }
  }

  private static DatasetRequest taking(int channels, int size) {
    return DatasetRequest.of(new ImageShape(channels, size, size), 2);
  }

  private Path put(String name, BufferedImage image) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return ImageFiles.write(folder.resolve(name), ImageFiles.encode(image, ending));
  }

  private static BufferedImage grey(int height, int width) {
    return ImageFiles.grey(height, width, (row, column) -> new int[] {row + column});
  }

  private void assertTold(String... words) {
    assertThat(run.notices()).anySatisfy(notice -> assertThat(notice).contains(words));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bmp", "tiff"})
  void readsOtherKindsAsPng(String format) {
    Pixels expected = decode(ImageFiles.encode(COLOR, "png"));
    Pixels pixels = decode(ImageFiles.encode(COLOR, format));
    assertThat(pixels.shape()).isEqualTo(expected.shape());
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 5; column++) {
        for (int channel = 0; channel < 3; channel++) {
          assertThat(pixels.get(channel, row, column))
              .isEqualTo(expected.get(channel, row, column));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gif", "bmp", "tif"})
  void findsOtherKindsTruncatedBeforeTheFirstBatch(String format) {
    byte[] whole = ImageFiles.encode(COLOR, format.equals("tif") ? "tiff" : format);
    Path file = ImageFiles.write(folder.resolve("a." + format), whole);
    assertThat(shape(DatasetRequest.open()).height()).isEqualTo(4);
    for (int length = whole.length / 8; length <= whole.length / 2; length++) {
      ImageFiles.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> shape(DatasetRequest.open()))
          .isInstanceOf(BadInputException.class)
          .hasMessageContainingAll(file.toString(), "damaged")
          .hasMessageNotContaining("(null)");
    }
  }

  @Test
  void countsAndNamesWhatIsNotRead() {
    put("a.png", COLOR);
    for (String name : List.of("b.webp", "c.WEBP", "d.ppm", "notes")) {
      ImageFiles.write(folder.resolve(name), new byte[] {1});
    }
    assertThat(shape(DatasetRequest.open())).isEqualTo(new ImageShape(3, 4, 5));
    assertTold("4 files are not read (1 .ppm, 2 .webp, 1 without ending)", "b.webp");
  }

  @Test
  void refusesAFolderOfWhichNothingIsRead() {
    ImageFiles.write(folder.resolve("b.webp"), new byte[] {1});
    assertThatThrownBy(() -> shape(DatasetRequest.open()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("no images", "1 file is not read (1 .webp)");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void greyOfFewBitsIsOneChannel(int bits) {
    int levels = 1 << bits;
    byte[] greys = new byte[levels];
    for (int level = 0; level < levels; level++) {
      greys[level] = (byte) (255 * level / (levels - 1));
    }
    IndexColorModel palette = new IndexColorModel(bits, levels, greys, greys, greys);
    BufferedImage image = new BufferedImage(8, 2, BufferedImage.TYPE_BYTE_BINARY, palette);
    image.getRaster().setSample(3, 1, 0, levels - 1);
    put("a.png", image);

    assertThat(shape(DatasetRequest.open())).isEqualTo(new ImageShape(1, 2, 8));
    Pixels pixels = decode(ImageFiles.encode(image, "png"));
    assertThat(pixels.get(0, 1, 3)).isEqualTo(1);
    assertThat(pixels.get(0, 1, 4)).isZero();
    assertThat(decode(ImageFiles.encode(image, "gif")).shape().channels()).isEqualTo(1);
  }

  @Test
  void refusesSamplesThatAreNoWholeNumbers() {
    ComponentColorModel floats =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_FLOAT);
    BufferedImage image =
        new BufferedImage(floats, floats.createCompatibleWritableRaster(2, 2), false, null);
    byte[] tiff = ImageFiles.encode(image, "tiff");
    assertThatThrownBy(() -> decode(tiff))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("not whole numbers");
  }

  private static byte[] inks(int... samples) {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, samples.length, null);
    for (int row = 0; row < 16; row++) {
      for (int column = 0; column < 16; column++) {
        raster.setPixel(column, row, samples);
      }
    }
    return ImageFiles.jpegOf(raster);
  }

  private static byte[] adobe(byte[] jpeg, int transform) {
    byte[] content = Arrays.copyOf("Adobe".getBytes(StandardCharsets.US_ASCII), 12);
    content[6] = 100;
    content[11] = (byte) transform;
    return ImageFiles.withSegment(jpeg, 0xee, content);
  }

  private static void assertColor(byte[] jpeg, int red, int green, int blue) {
    Pixels pixels = decode(jpeg);
    assertThat(pixels.shape()).isEqualTo(new ImageShape(3, 16, 16));
    int[] expected = {red, green, blue};
    for (int channel = 0; channel < 3; channel++) {
      assertThat(255 * pixels.get(channel, 7, 9))
          .as("channel %d", channel)
          .isCloseTo(expected[channel], within(2.5f));
    }
  }

  @Test
  void turnsInksIntoLight() {
    // (1 - cyan) * (1 - black) and so on; Adobe stores 255 - ink.
    assertColor(inks(55, 155, 0, 51), 160, 80, 204);
    assertColor(adobe(inks(200, 100, 255, 204), 0), 160, 80, 204);
    // Luma 140.5, blue difference 179, red difference 161 are red 187, green 100, blue 231.
    assertColor(adobe(inks(140, 179, 161, 204), 2), 149, 79, 184);
  }

  @Test
  void tellsOfInksTransparencyAndTurnedPhotos() {
    ImageFiles.write(folder.resolve("a.jpg"), adobe(inks(200, 100, 255, 204), 0));
    assertThat(shape(DatasetRequest.open())).isEqualTo(new ImageShape(3, 16, 16));
    assertTold("1 such as", "a.jpg", "four inks");
    put("a.jpg", ImageFiles.color(4, 5, (row, column) -> new int[] {9, 9, 9}));
    put("b.png", new BufferedImage(5, 4, BufferedImage.TYPE_INT_ARGB));
    Path photo = folder.resolve("c.jpg");
    ByteBuffer exif = ByteBuffer.allocate(32);
    exif.put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 1);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) 6);
    ImageFiles.write(
        photo, ImageFiles.withSegment(ImageFiles.encode(COLOR, "jpg"), 0xe1, exif.array()));
    assertThat(shape(DatasetRequest.open())).isEqualTo(new ImageShape(3, 4, 5));
    assertTold("b.png", "transparency");
    assertTold("1 such as", "c.jpg", "turn them, which is not followed");
  }

  @Test
  void bringsPhotosToTheSizeThatTheModelTakes() {
    put("a.png", ImageFiles.color(40, 60, (row, column) -> new int[] {1, 2, 3}));
    put("b.png", ImageFiles.color(47, 65, (row, column) -> new int[] {1, 2, 3}));
    assertThat(shape(taking(3, 32))).isEqualTo(new ImageShape(3, 32, 32));
    assertTold("of 2 images, 2", "just covers 32 x 32", "the size that the model takes");
  }

  @Test
  void refusesSizesThatDifferWhereNothingTellsTheWantedOne() {
    Path first = put("a.png", grey(40, 60));
    Path other = put("b.png", grey(47, 65));
    assertThatThrownBy(() -> shape(DatasetRequest.open()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(
            first.toString(), "40 x 60", other.toString(), "47 x 65", "`height` and `width`");
  }

  @Test
  void resizesTheShortSideAndCutsAsImageNetPipelinesDo() {
    // A ramp from left to right: the cut-out's first and last columns tell where it is.
    put("a.png", ImageFiles.grey(64, 128, (row, column) -> new int[] {2 * column}));
    try (Dataset dataset = open(taking(1, 8), null, 32, null)) {
      assertThat(dataset.shape()).isEqualTo(new ImageShape(1, 8, 8));
      Tensor pixels = Tensor.images(1, dataset.shape());
      dataset.read(0, pixels, new int[1]);
      // 128 columns become 64, of which 28 to 35 are cut out: two source columns each.
      assertThat(255 * pixels.get(0, 0)).isCloseTo(2 * 56.5f, within(1.01f));
      assertThat(255 * pixels.get(0, 7)).isCloseTo(2 * 70.5f, within(1.01f));
    }
    assertTold("until its short side is 32", "cut to 8 x 8");
  }

  @Test
  void refusesToCutMoreThanThereIs() {
    Path file = put("a.png", grey(64, 128));
    assertThatThrownBy(() -> open(taking(1, 8), 33, 32, null))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(file.toString(), "33 x 33", "raise `resize`");
    assertThatThrownBy(() -> open(DatasetRequest.open(), null, 32, null))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("add `height` and `width`");
  }

  @ParameterizedTest
  @CsvSource({"1, coloured and become grey", "3, are grey: red; green and blue are the same"})
  void followsTheModelsChannelsAndSaysSo(int channels, String told) {
    put("a.png", channels == 1 ? COLOR : grey(4, 5));
    assertThat(shape(taking(channels, 4)).channels()).isEqualTo(channels);
    assertTold(told.replace(';', ','));
  }

  @Test
  void greyAndColouredImagesTogetherAreColoured() {
    put("a.png", grey(4, 5));
    put("b.png", COLOR);
    assertThat(shape(DatasetRequest.open())).isEqualTo(new ImageShape(3, 4, 5));
    assertTold("of 2 images, 1", "a.png", "are grey");
  }

  @Test
  void refusesAnImageThatDoesNotFitIntoMemoryBeforeItIsDecoded() {
    byte[] png = ImageFiles.encode(grey(2, 2), "png");
    ByteBuffer.wrap(png).putInt(16, 2_000_000).putInt(20, 1_500_000);
    CRC32 sum = new CRC32();
    sum.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) sum.getValue());
    Path file = ImageFiles.write(folder.resolve("a.png"), png);
    assertThatThrownBy(() -> shape(DatasetRequest.open()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(file.toString(), "1500000 x 2000000 pixels", "MiB", "more memory")
        .hasMessageNotContaining("damaged");
    byte[] gif = ImageFiles.encode(COLOR, "gif");
    int descriptor = new String(gif, StandardCharsets.ISO_8859_1).indexOf(",\0\0\0\0\5\0\4\0");
    Arrays.fill(gif, descriptor + 5, descriptor + 9, (byte) 0xff);
    ImageFiles.write(folder.resolve("a.gif"), gif);
    assertThat(file.toFile().delete()).isTrue();
    assertThatThrownBy(() -> shape(DatasetRequest.open()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("a.gif", "65535 x 65535", "MiB");
  }
}
