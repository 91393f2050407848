package io.hone.plugins.datasets.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.DatasetRequest;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.plugins.datasets.download.UnreliableMirror;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MnistTest {
  private static final String IMAGES = "t10k-images-idx3-ubyte";
  private static final String LABELS = "t10k-labels-idx1-ubyte";

  @TempDir Path folder;

  private Dataset open(Mnist.Params parameters) {
    return new Mnist().open(parameters, DatasetRequest.open(), new TestRun(7, folder));
  }

  private static Mnist.Params bundled(Integer... classes) {
    return new Mnist.Params(Split.TEST, List.of(classes), Optional.empty(), List.of());
  }

  private Mnist.Params inFolder(Integer... classes) {
    return new Mnist.Params(Split.TEST, List.of(classes), Optional.of(folder), List.of());
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
  }

  @Test
  void opensTheBundledTestSetWithoutFilesOrNetwork() {
    try (Dataset dataset = open(bundled())) {
      assertThat(dataset.size()).isEqualTo(10_000);
      assertThat(dataset.shape()).isEqualTo(new ImageShape(1, 28, 28));
      assertThat(dataset.classNames()).hasSize(10).startsWith("0", "1").endsWith("9");
      assertThat(dataset.fingerprint())
          .isEqualTo(
              MnistFile.TEST_IMAGES.content().hash()
                  + "+"
                  + MnistFile.TEST_LABELS.content().hash());
      int[] labels = new int[10];
      Tensor images = Tensor.images(10, dataset.shape());
      dataset.read(0, images, labels);
      assertThat(labels).containsExactly(7, 2, 1, 0, 4, 1, 4, 9, 5, 9);
      // The stroke of the first seven starts in row 7, column 6, with the grey value 84.
      assertThat(images.get(0, 7 * 28 + 5)).isZero();
      assertThat(images.get(0, 7 * 28 + 6)).isEqualTo(84 / 255f);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void keepsTheIdentityOfSamplesInASelectionOfClasses() {
    try (Dataset all = open(bundled());
        Dataset nines = open(bundled(9))) {
      assertThat(nines.size()).isEqualTo(1_009);
      assertThat(nines.sample(0)).isEqualTo(7);
      assertThat(nines.sample(1)).isEqualTo(9);
      Tensor selected = Tensor.images(1, nines.shape());
      Tensor whole = Tensor.images(1, all.shape());
      nines.read(1_008, selected, new int[1]);
      all.read(nines.sample(1_008), whole, new int[1]);
      assertThat(selected.row(0)).isEqualTo(whole.row(0));
      assertThat(nines.fingerprint()).isNotEqualTo(all.fingerprint());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", ".", "-gz", ".gz"})
  void readsFilesUnderEachOfTheirNames(String name) throws IOException {
    boolean compressed = name.endsWith("gz");
    String separator = name.substring(0, 1);
    byte[] images = IdxFiles.images(3);
    byte[] labels = IdxFiles.labels(4, 9, 4);
    String end = compressed ? "-ubyte.gz" : "-ubyte";
    write(
        "t10k-images" + separator + "idx3" + end,
        compressed ? IdxFiles.compressed(images) : images);
    write(
        "t10k-labels" + separator + "idx1" + end,
        compressed ? IdxFiles.compressed(labels) : labels);
    try (Dataset dataset = open(inFolder(4))) {
      assertThat(dataset.size()).isEqualTo(2);
      assertThat(dataset.sample(1)).isEqualTo(2);
      Tensor pixels = Tensor.images(2, new ImageShape(1, 2, 3));
      dataset.read(0, pixels, new int[2]);
      assertThat(pixels.get(1, 5)).isEqualTo(25 / 255f);
    }
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    byte[] images = IdxFiles.images(2);
    write(LABELS, IdxFiles.labels(1, 2));
    for (int length = 0; length < images.length; length++) {
      write(IMAGES, Arrays.copyOf(images, length));
      assertThatThrownBy(() -> open(inFolder()))
          .as("%d bytes", length)
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining(folder.resolve(IMAGES).toString())
          .hasMessageContaining("damaged");
    }
    byte[] compressed = IdxFiles.compressed(images);
    Files.delete(folder.resolve(IMAGES));
    for (int length = 0; length < compressed.length; length++) {
      write(IMAGES + ".gz", Arrays.copyOf(compressed, length));
      assertThatThrownBy(() -> open(inFolder()))
          .as("%d bytes", length)
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining(IMAGES + ".gz");
    }
  }

  @Test
  void refusesDamagedContent() throws IOException {
    write(LABELS, IdxFiles.labels(1, 2));
    assertRefused(IdxFiles.labels(1, 2), "00000801 where an IDX file with 3 axes");
    assertRefused(IdxFiles.images(0), "[0] are not those of an array");
    assertRefused(
        ByteBuffer.wrap(IdxFiles.images(2)).putInt(4, 1 << 30).putInt(8, 1 << 30).array(),
        "are not those of an array");
    assertRefused(
        ByteBuffer.wrap(IdxFiles.images(2)).putInt(4, 300_000_000).array(), "only 12 follow");
    assertRefused(Arrays.copyOf(IdxFiles.images(2), 29), "more follows");
    byte[] compressed = IdxFiles.compressed(IdxFiles.images(2));
    compressed[compressed.length - 6] ^= 1;
    assertRefused(compressed, "uncompressed");
  }

  private void assertRefused(byte[] images, String reason) throws IOException {
    write(IMAGES, images);
    assertThatThrownBy(() -> open(inFolder()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(IMAGES)
        .hasMessageContaining(reason);
  }

  @Test
  void refusesFilesThatDoNotBelongTogether() throws IOException {
    write(IMAGES, IdxFiles.images(2));
    write(LABELS, IdxFiles.labels(1, 2, 3));
    assertThatThrownBy(() -> open(inFolder())).hasMessageContaining("2 images and 3 labels");
    write(LABELS, IdxFiles.labels(1, 10));
    assertThatThrownBy(() -> open(inFolder()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("sample 1 the class 10");
    Files.delete(folder.resolve(LABELS));
    assertThatThrownBy(() -> open(inFolder()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("lacks " + LABELS);
  }

  @Test
  void refusesClassesAndMirrorsThatCannotBe() throws IOException {
    assertThatThrownBy(() -> open(bundled(3, 10)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("classes");
    write(IMAGES, IdxFiles.images(1));
    write(LABELS, IdxFiles.labels(1));
    assertThatThrownBy(() -> open(inFolder(2)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no image of the classes [2]");
    for (String mirror : List.of("ftp://example.org/", "not an address", "https:///")) {
      Mnist.Params parameters =
          new Mnist.Params(Split.TEST, List.of(), Optional.empty(), List.of(mirror));
      assertThatThrownBy(() -> open(parameters))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("mirrors: '" + mirror + "'");
    }
  }

  @Test
  void saysWhichFilesToPutWhere() {
    Mnist.Params parameters = new Mnist.Params(Split.TRAIN, List.of(), Optional.empty(), List.of());
    assertThatThrownBy(() -> open(parameters))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(
            "put train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz into "
                + folder.resolve("mnist"));
  }

  @Test
  void completesATestSetWhoseLabelsAreMissing() throws IOException {
    Files.write(folder.resolve(IMAGES + ".gz"), IdxFiles.bundled(MnistFile.TEST_IMAGES));
    byte[] labels = IdxFiles.bundled(MnistFile.TEST_LABELS);
    try (UnreliableMirror mirror =
        new UnreliableMirror(UnreliableMirror.whole(labels, "\"version-1\""))) {
      Mnist.Params parameters =
          new Mnist.Params(Split.TEST, List.of(), Optional.of(folder), List.of(mirror.address()));
      try (Dataset dataset = open(parameters)) {
        assertThat(dataset.size()).isEqualTo(10_000);
      }
      assertThat(mirror.requests()).containsExactly("/data/" + LABELS + ".gz");
    }
  }
}
