package io.hone.plugins.defenses;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.RecoveringClassifier;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.run.Setting;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.ConstantClassifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomizationTest {
  private static final ImageShape SHAPE = new ImageShape(1, 6, 3);
  private static final int COUNT = 2000;

  private final TestRun run = new TestRun(1);

  @ParameterizedTest
  @EnumSource
  void placesEverySizeAtEveryPlace(Interpolation interpolation) {
    // white images: what is white afterwards is where the image was put
    Recorder seen = new Recorder(new ImageShape(1, 8, 4));
    defended(parameters(4, 7, 8, interpolation, false), seen).logits(white());
    List<Box> boxes = seen.boxes();
    assertThat(boxes).hasSize(COUNT);
    Set<Box> possible = new HashSet<>();
    for (int height = 4; height <= 7; height++) {
      int width = Math.round(height / 2f);
      for (int top = 0; top <= 8 - height; top++) {
        for (int left = 0; left <= 4 - width; left++) {
          possible.add(new Box(top, left, height, width));
        }
      }
    }
    assertThat(new HashSet<>(boxes)).isEqualTo(possible);
    for (int height = 4; height <= 7; height++) {
      int wanted = height;
      long count = boxes.stream().filter(box -> box.height() == wanted).count();
      assertThat(count / (double) COUNT).isBetween(0.2, 0.3);
    }
  }

  @Test
  void keysThePlaceByTheSample() {
    RecoveringClassifier defended =
        defended(parameters(4, 7, 8, Interpolation.BILINEAR, true), new Recorder(SHAPE));
    Tensor first = defended.recover(white()).pixels();
    Tensor again = defended.recover(white().select(5, 3, 5)).pixels();
    assertThatTensor(again).isSameAs(first.select(5, 3, 5));
    assertThat(first.row(3)).isNotEqualTo(first.row(5));
  }

  @ParameterizedTest
  @EnumSource
  void keepsAnImageOfItsOwnSizeAsItIs(Interpolation interpolation) {
    Tensor image = Tensor.images(1, SHAPE);
    for (int feature = 0; feature < SHAPE.features(); feature++) {
      image.set(0, feature, feature / 20f);
    }
    RecoveringClassifier defended =
        defended(parameters(6, 6, 6, interpolation, true), new Recorder(SHAPE));
    ImageBatch recovered = defended.recover(new ImageBatch(image, new long[1]));
    assertThatTensor(recovered.pixels()).isSameAs(image);
  }

  @Test
  void interpolatesBetweenPixelCentres() {
    // from 2 to 4 pixels of a row: centres at -0.25 (clamped), 0.25, 0.75 and 1.25 (clamped)
    float[] resized = new float[4];
    ImageShape two = new ImageShape(1, 1, 2);
    ImageShape four = new ImageShape(1, 1, 4);
    new Resizer(two, 1, 4, Interpolation.BILINEAR).resize(new float[] {0, 1}, resized, four, 0, 0);
    assertThat(resized).containsExactly(0, 0.25f, 0.75f, 1);
    new Resizer(two, 1, 4, Interpolation.NEAREST).resize(new float[] {0, 1}, resized, four, 0, 0);
    assertThat(resized).containsExactly(0, 0, 1, 1);
    // and back: each new pixel is between two old ones
    float[] small = new float[2];
    new Resizer(four, 1, 2, Interpolation.BILINEAR)
        .resize(new float[] {0, 0.5f, 0.25f, 1}, small, two, 0, 0);
    assertThat(small).containsExactly(0.25f, 0.625f);
  }

  @Test
  void growsByThePapersFactorUnlessTold() {
    Randomization.Params unset =
        new Randomization.Params(
            Optional.empty(), Optional.empty(), Optional.empty(), Interpolation.NEAREST, true);
    assertThat(Randomization.Sizes.of(unset, new ImageShape(3, 299, 299)))
        .isEqualTo(new Randomization.Sizes(299, 330, 331));
    assertThat(Randomization.Sizes.of(unset, new ImageShape(1, 28, 28)))
        .isEqualTo(new Randomization.Sizes(28, 30, 31));
    Setting tiny = new Setting(new ImageShape(1, 1, 1), 10, 1, false);
    assertThatCode(() -> new Randomization().prepare(unset, tiny, run)).doesNotThrowAnyException();
  }

  @Test
  void refusesSizesThatCannotBe() {
    Setting setting = new Setting(SHAPE, 2, 1, false);
    assertThatThrownBy(
            () ->
                new Randomization()
                    .prepare(parameters(7, 6, 8, Interpolation.NEAREST, true), setting, run))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("resize-min is 7");
    assertThatThrownBy(
            () ->
                new Randomization()
                    .prepare(parameters(6, 9, 8, Interpolation.NEAREST, true), setting, run))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("pad to 8");
  }

  @Test
  void asksForAModelOfAnySizeWhereItDoesNotResizeBack() {
    Classifier fixed = new ConstantClassifier(SHAPE, 1, 0);
    RecoveringClassifier defended =
        defended(parameters(6, 7, 8, Interpolation.NEAREST, false), fixed);
    assertThat(defended.accepts(SHAPE)).isFalse();
    assertThatThrownBy(() -> defended.logits(white()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("1x8x4")
        .hasMessageContaining("back: true");
    assertThat(defended(parameters(6, 7, 8, Interpolation.NEAREST, true), fixed).accepts(SHAPE))
        .isTrue();
  }

  private RecoveringClassifier defended(Randomization.Params parameters, Classifier base) {
    return (RecoveringClassifier) new Randomization().protect(parameters, base, run);
  }

  private static Randomization.Params parameters(
      int smallest, int largest, int padded, Interpolation interpolation, boolean back) {
    return new Randomization.Params(
        Optional.of(smallest), Optional.of(largest), Optional.of(padded), interpolation, back);
  }

  private static ImageBatch white() {
    Tensor images = Tensor.images(COUNT, SHAPE);
    for (int row = 0; row < COUNT; row++) {
      float[] white = new float[SHAPE.features()];
      Arrays.fill(white, 1);
      images.setRow(row, white);
    }
    return new ImageBatch(images, LongStream.range(0, COUNT).toArray());
  }

  private record Box(int top, int left, int height, int width) {}

  /** Keeps the images that it was asked about. */
  private static final class Recorder implements Classifier {
    private final ImageShape shape;
    private final List<Tensor> seen = new ArrayList<>();

    Recorder(ImageShape shape) {
      this.shape = shape;
    }

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public boolean accepts(ImageShape other) {
      return shape.equals(other);
    }

    @Override
    public Tensor logits(ImageBatch images) {
      seen.add(images.pixels());
      return Tensor.zeros(images.size(), 2);
    }

    /** Returns where each image seen is white; everything outside must be black. */
    List<Box> boxes() {
      List<Box> boxes = new ArrayList<>();
      for (Tensor images : seen) {
        for (int row = 0; row < images.rows(); row++) {
          boxes.add(box(images.row(row)));
        }
      }
      return boxes;
    }

    private Box box(float[] image) {
      int top = shape.height();
      int left = shape.width();
      int bottom = 0;
      int right = 0;
      int white = 0;
      for (int place = 0; place < image.length; place++) {
        if (image[place] != 0) {
          assertThat(image[place]).isEqualTo(1);
          top = Math.min(top, place / shape.width());
          bottom = Math.max(bottom, place / shape.width() + 1);
          left = Math.min(left, place % shape.width());
          right = Math.max(right, place % shape.width() + 1);
          white++;
        }
      }
      assertThat(white).isEqualTo((bottom - top) * (right - left));
      return new Box(top, left, bottom - top, right - left);
    }
  }
}
