package io.hone.plugins.datasets.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.DatasetRequest;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.run.TrustFlag;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumpyTest {
  @TempDir Path folder;
  private final TestRun run = new TestRun(7);

  private static Numpy.Params params(Path images, Path labels) {
    return params(images, labels, null);
  }

  private static Numpy.Params params(Path images, Path labels, Layout layout) {
    return new Numpy.Params(
        images,
        Optional.ofNullable(labels),
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(layout));
  }

  private Dataset open(Numpy.Params parameters) {
    return new Numpy().open(parameters, DatasetRequest.named(List.of("zero", "one")), run);
  }

  private void assertRefused(Numpy.Params parameters, String... words) {
    assertThatThrownBy(() -> open(parameters).close())
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(words);
  }

  /** Writes images of 1 x 1 x 2. */
  private Path images(float... values) {
    return ArrayFiles.floats(folder.resolve("images.npy"), values, 1, 1, 2);
  }

  private Path labels(long... values) {
    return ArrayFiles.longs(folder.resolve("labels.npy"), values);
  }

  @Test
  void readsFloatsAsTheyAre() {
    try (Dataset dataset = open(params(images(0, 0.25f, 0.1f, 1), labels(1, 0)))) {
      assertThat(dataset.size()).isEqualTo(2);
      assertThat(dataset.shape()).isEqualTo(new ImageShape(1, 1, 2));
      Tensor pixels = Tensor.images(2, dataset.shape());
      int[] read = new int[2];
      dataset.read(0, pixels, read);
      assertThat(pixels.row(0)).containsExactly(0, 0.25f);
      assertThat(pixels.row(1)).containsExactly(0.1f, 1);
      assertThat(read).containsExactly(1, 0);
      assertThat(dataset.label(0)).isEqualTo(1);
      assertThat(dataset.sample(1)).isEqualTo(1);
    }
  }

  @Test
  void dividesBytesAndBringsChannelsForward() {
    Path images =
        ArrayFiles.bytes(folder.resolve("a.npy"), "(1, 2, 1, 3)", 0, 51, 255, 1, 102, 254);
    try (Dataset dataset = open(params(images, null))) {
      assertThat(dataset.shape()).isEqualTo(new ImageShape(3, 2, 1));
      Tensor pixels = Tensor.images(1, dataset.shape());
      int[] read = new int[1];
      dataset.read(0, pixels, read);
      assertThat(pixels.row(0)).containsExactly(0, 1 / 255f, 51 / 255f, 102 / 255f, 1, 254 / 255f);
      assertThat(read).containsExactly(Dataset.NO_LABEL);
      assertThat(run.notices()).singleElement().asString().contains("no labels");
    }
  }

  @Test
  void takesThreeAxesForGreyImages() {
    Path images = ArrayFiles.floats(folder.resolve("a.npy"), new float[12], 2, 3);
    try (Dataset dataset = open(params(images, null))) {
      assertThat(dataset.shape()).isEqualTo(new ImageShape(1, 2, 3));
    }
  }

  @Test
  void asksForTheLayoutWhereSizesDoNotTell() {
    Path both = ArrayFiles.floats(folder.resolve("both.npy"), new float[9], 3, 1, 3);
    Path neither = ArrayFiles.floats(folder.resolve("neither.npy"), new float[80], 5, 4, 4);
    assertRefused(params(both, null), "both.npy", "(1, 3, 1, 3)", "layout: nchw");
    assertRefused(params(neither, null), "neither.npy", "layout");
    try (Dataset dataset = open(params(neither, null, Layout.NCHW))) {
      assertThat(dataset.shape()).isEqualTo(new ImageShape(5, 4, 4));
    }
    try (Dataset dataset = open(params(both, null, Layout.NHWC))) {
      assertThat(dataset.shape()).isEqualTo(new ImageShape(3, 3, 1));
    }
  }

  @Test
  void readsArraysOfArchives() {
    Path archive = ArrayFiles.archive(folder.resolve("data.npz"), images(0, 1), labels(1));
    assertRefused(params(archive, null), "data.npz", "images, labels", "images-key");
    Numpy.Params keys =
        new Numpy.Params(
            archive,
            Optional.of(archive),
            Optional.of("images"),
            Optional.of("labels"),
            Optional.empty());
    try (Dataset dataset = open(keys)) {
      assertThat(dataset.label(0)).isEqualTo(1);
    }
  }

  @Test
  void refusesLabelsThatDoNotFit() {
    Path images = images(0, 1, 0, 1);
    assertRefused(params(images, labels(1)), "labels.npy", "1 labels for the 2 images");
    assertRefused(params(images, labels(0, -1)), "labels.npy", "sample 1", "-1");
    assertRefused(params(images, labels(0, 2)), "labels.npy", "sample 1", "classes 0 to 1");
    assertRefused(
        params(images, ArrayFiles.floats(folder.resolve("f.npy"), new float[2])),
        "f.npy",
        "astype('int64')");
    assertRefused(
        params(images, ArrayFiles.longs(folder.resolve("hot.npy"), new long[4], 2)),
        "hot.npy",
        "argmax");
  }

  @Test
  void namesTheSampleWithAValueOutOfRange() {
    for (float wrong : new float[] {-0.1f, 1.001f, 200, Float.NaN, Float.POSITIVE_INFINITY}) {
      try (Dataset dataset = open(params(images(0, 1, 0, wrong), null))) {
        Tensor pixels = Tensor.images(2, dataset.shape());
        assertThatThrownBy(() -> dataset.read(0, pixels, new int[2]))
            .isInstanceOf(BadInputException.class)
            .hasMessageContaining("images.npy")
            .hasMessageContaining("sample 1");
      }
    }
  }

  @Test
  void findsWhatIsOutOfRangeBeforeTheFirstBatch() {
    try (Dataset dataset = open(params(images(0, 1, 0, 1, 0, Float.NaN), null))) {
      dataset.check(0, 2);
      assertThatThrownBy(() -> dataset.check(0, 3))
          .isInstanceOf(BadInputException.class)
          .hasMessageContainingAll("images.npy", "NaN", "sample 2");
    }
    try (Dataset dataset = open(params(images(0, 200, 3, 255), null))) {
      assertThatThrownBy(() -> dataset.check(0, 2))
          .isInstanceOf(BadInputException.class)
          .hasMessageContainingAll("200.0", "sample 0", "from 0.0 to 255.0", "divide the array");
    }
    for (float[] wrong : new float[][] {{0, 1.3f}, {-1, 1}, {0, 300}}) {
      try (Dataset dataset = open(params(images(wrong), null))) {
        assertThatThrownBy(() -> dataset.check(0, 1))
            .isInstanceOf(BadInputException.class)
            .hasMessageContaining("correct the array")
            .hasMessageNotContaining("divide");
      }
    }
  }

  @Test
  void clipsWhatRoundingTookOutOfRangeAndSaysSo() {
    try (Dataset dataset = open(params(images(0, 1, 1.0000001f, -1e-8f), null))) {
      dataset.check(0, 2);
      Tensor pixels = Tensor.images(2, dataset.shape());
      dataset.read(0, pixels, new int[2]);
      assertThat(pixels.row(1)).containsExactly(1, 0);
      assertThat(run.notices())
          .anySatisfy(
              notice -> assertThat(notice).contains("1.0000001 in row 1", "they are clipped"));
    }
  }

  @Test
  void distrustsImagesThatAreNearlyBlack() {
    Path flags = ArrayFiles.bytes(folder.resolve("flags.npy"), "(2, 1, 2)", 0, 1, 1, 0);
    assertDistrusted(flags, "flags.npy", "0 and 1 only", "array.astype('float32')");
    assertDistrusted(images(0, 1 / 255f), "images.npy", "1/255", "twice");
    for (Path good :
        List.of(
            ArrayFiles.bytes(folder.resolve("grey.npy"), "(2, 1, 2)", 0, 1, 1, 2),
            ArrayFiles.bytes(folder.resolve("black.npy"), "(2, 1, 2)", 0, 0, 0, 0),
            images(0, 1))) {
      TestRun quiet = new TestRun(7);
      try (Dataset dataset =
          new Numpy().open(params(good, null), DatasetRequest.named(List.of("zero")), quiet)) {
        dataset.check(0, dataset.size());
      }
      assertThat(quiet.trustFlags()).isEmpty();
    }
  }

  private void assertDistrusted(Path images, String... words) {
    TestRun told = new TestRun(7);
    try (Dataset dataset =
        new Numpy().open(params(images, null), DatasetRequest.named(List.of("zero")), told)) {
      dataset.check(0, dataset.size());
    }
    assertThat(told.trustFlags())
        .singleElement()
        .satisfies(
            flag -> {
              assertThat(flag.code()).isEqualTo(TrustFlag.ASSUMED_INPUT);
              assertThat(flag.text()).contains(words);
            });
  }

  @Test
  void readsHalfFloatsAndUnsignedLabels() {
    Path halves = // 0, 2^-24, 1/3 rounded, 1
        ArrayFiles.values(folder.resolve("half.npy"), "<f2", "(2, 1, 2)", 2, 0, 1, 0x3555, 0x3c00);
    Path labels = ArrayFiles.values(folder.resolve("u8.npy"), "<u8", "(2,)", 8, 1, 0);
    try (Dataset dataset = open(params(halves, labels))) {
      dataset.check(0, 2);
      Tensor pixels = Tensor.images(2, dataset.shape());
      int[] read = new int[2];
      dataset.read(0, pixels, read);
      assertThat(pixels.row(0)).containsExactly(0, 0x1p-24f);
      assertThat(pixels.row(1)).containsExactly(0x555 * 0x1p-12f, 1);
      assertThat(read).containsExactly(1, 0);
    }
    Path beyond = ArrayFiles.values(folder.resolve("beyond.npy"), "<u8", "(2,)", 8, 0, -1);
    assertRefused(params(halves, beyond), "beyond.npy", "18446744073709551615", "row 1");
    Path texts = ArrayFiles.values(folder.resolve("texts.npy"), "<U2", "(2,)", 8, 0, 0);
    assertRefused(params(halves, texts), "texts.npy", "'<U2'", "astype('int64')", "labels");
    Path flags = ArrayFiles.values(folder.resolve("flags.npy"), "|b1", "(1, 1, 2)", 1, 0, 1);
    assertRefused(params(flags, null), "flags.npy", "astype('float32')");
  }

  @Test
  void refusesArraysThatAreNoImages() throws IOException {
    Path flat = ArrayFiles.floats(folder.resolve("flat.npy"), new float[8], 4);
    assertRefused(params(flat, null), "flat.npy", "(2, 4)", "reshape");
    Path whole = ArrayFiles.longs(folder.resolve("long.npy"), new long[] {0, 9, 200, 255}, 2, 2);
    assertRefused(params(whole, null), "long.npy", "astype('uint8')");
    Path empty = ArrayFiles.floats(folder.resolve("empty.npy"), new float[0], 2, 2);
    assertRefused(params(empty, null), "empty.npy", "no images");
    byte[] content = Files.readAllBytes(images(0, 1));
    Path cut = Files.write(folder.resolve("cut.npy"), Arrays.copyOf(content, content.length - 1));
    assertRefused(params(cut, null), "cut.npy", "truncated");
  }

  @Test
  void changesItsFingerprintWithTheContent() {
    String first = fingerprint(params(images(0, 1), labels(1)));
    assertThat(fingerprint(params(images(0, 1), labels(0)))).isNotEqualTo(first);
    assertThat(fingerprint(params(images(0, 0.5f), labels(1)))).isNotEqualTo(first);
    assertThat(fingerprint(params(images(0, 1), labels(1)))).isEqualTo(first);
  }

  private String fingerprint(Numpy.Params parameters) {
    try (Dataset dataset = open(parameters)) {
      return dataset.fingerprint();
    }
  }
}
